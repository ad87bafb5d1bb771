package io.pidcheck.probe.proc;

import io.pidcheck.probe.report.Missing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What could not be read, collected while reading. Files of one kind are counted under one pattern,
 * so that a node on which nothing may be read still has a short list.
 */
public final class Unread {

  private static final class Tally {
    final String what;
    final String unit;
    final String why;
    int count;

    Tally(String what, String unit, String why) {
      this.what = what;
      this.unit = unit;
      this.why = why;
    }
  }

  private final Map<String, Tally> tallies = new LinkedHashMap<>();

  /** One single file, or one thing that is not there. */
  public void add(String what, String why) {
    count(what, "", why);
  }

  /** One more file of a pattern such as {@code /proc/<pid>/cgroup}, of one more process. */
  public void addProcess(String pattern, String why) {
    count(pattern, "process", why);
  }

  /** One more cgroup. */
  public void addCgroup(String pattern, String why) {
    count(pattern, "cgroup", why);
  }

  /** What another reader of the same files could not read. */
  public void addAll(Unread other) {
    for (Map.Entry<String, Tally> entry : other.tallies.entrySet()) {
      Tally theirs = entry.getValue();
      Tally ours = tallies.get(entry.getKey());
      if (ours == null) {
        tallies.put(entry.getKey(), theirs);
      } else {
        ours.count += theirs.count;
      }
    }
  }

  private void count(String what, String unit, String why) {
    String key = what + '\n' + why;
    Tally tally = tallies.get(key);
    if (tally == null) {
      tally = new Tally(what, unit, why);
      tallies.put(key, tally);
    }
    tally.count++;
  }

  public List<Missing> list() {
    List<Missing> list = new ArrayList<>(tallies.size());
    for (Tally tally : tallies.values()) {
      list.add(new Missing(tally.what + counted(tally), tally.why));
    }
    return list;
  }

  private static String counted(Tally tally) {
    if (tally.unit.isEmpty()) {
      return "";
    }
    String plural = tally.unit.endsWith("s") ? "es" : "s";
    return " (" + tally.count + ' ' + tally.unit + (tally.count == 1 ? "" : plural) + ')';
  }
}
