package io.pidcheck.probe.cgroup;

import io.pidcheck.probe.report.CgroupKind;
import io.pidcheck.probe.report.CgroupPids;
import io.pidcheck.probe.report.Limit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The pids controller's figures of the cgroups that matter: those with a process in them, those on
 * the way up (each may refuse a fork), and the pods' ceiling.
 *
 * @param cgroups the pods' ceiling first, then those with the fewest tasks left, then the unlimited
 *     ones with the most tasks
 * @param complete false when there were more
 */
public record CgroupSurvey(List<CgroupPids> cgroups, boolean complete) {

  private static final int MAX_CGROUPS = 256;
  private static final int MAX_READ = 2048;

  private static final class NearestToItsLimit implements Comparator<CgroupPids> {
    @Override
    public int compare(CgroupPids a, CgroupPids b) {
      if ((a.kind() == CgroupKind.KUBEPODS) != (b.kind() == CgroupKind.KUBEPODS)) {
        return a.kind() == CgroupKind.KUBEPODS ? -1 : 1;
      }
      int byRoom = Long.compare(room(a), room(b));
      int byUse = Long.compare(b.current().orElse(0), a.current().orElse(0));
      return byRoom != 0 ? byRoom : byUse != 0 ? byUse : a.path().compareTo(b.path());
    }

    private static long room(CgroupPids cgroup) {
      return cgroup.max() instanceof Limit.Of limit
          ? limit.value() - cgroup.current().orElse(0)
          : Long.MAX_VALUE;
    }
  }

  public CgroupSurvey {
    cgroups = List.copyOf(cgroups);
  }

  public static CgroupSurvey of(CgroupFs fs, List<CgroupPath> populated) {
    Set<String> paths = new HashSet<>();
    for (CgroupPath cgroup : populated) {
      addWithParents(cgroup.path(), paths);
    }
    // also when the pods' processes cannot be seen
    for (String pods : new String[] {"/kubepods", "/kubepods.slice"}) {
      if (fs.has(pods)) {
        paths.add(pods);
      }
    }
    List<String> sorted = new ArrayList<>(paths);
    Collections.sort(sorted);
    List<CgroupPids> cgroups = read(fs, sorted.subList(0, Math.min(sorted.size(), MAX_READ)));
    Collections.sort(cgroups, new NearestToItsLimit());
    boolean complete = sorted.size() <= MAX_READ && cgroups.size() <= MAX_CGROUPS;
    return new CgroupSurvey(cgroups.subList(0, Math.min(cgroups.size(), MAX_CGROUPS)), complete);
  }

  private static List<CgroupPids> read(CgroupFs fs, List<String> paths) {
    List<CgroupPids> cgroups = new ArrayList<>();
    for (String path : paths) {
      Optional<CgroupPids> cgroup = fs.read(CgroupPath.parse(path));
      if (cgroup.isPresent() && matters(cgroup.get())) {
        cgroups.add(cgroup.get());
      }
    }
    return cgroups;
  }

  private static boolean matters(CgroupPids cgroup) {
    return cgroup.kind() != CgroupKind.OTHER || cgroup.max() instanceof Limit.Of;
  }

  private static void addWithParents(String path, Set<String> paths) {
    if (!CgroupNamespace.isAbsolute(path)) {
      return;
    }
    String up = path;
    while (up.length() > 1 && paths.add(up)) {
      up = up.substring(0, Math.max(1, up.lastIndexOf('/')));
    }
  }
}
