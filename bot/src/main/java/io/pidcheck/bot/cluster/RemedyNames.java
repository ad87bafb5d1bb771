package io.pidcheck.bot.cluster;

import io.pidcheck.bot.act.PodName;
import io.pidcheck.bot.act.Remedy;
import java.util.stream.Collectors;

/** The name of a remedy's Job says what it does: the same act a second time meets the same name. */
final class RemedyNames {

  static final String REMEDY = "remedy";
  static final String ACT_KEY = "pidcheck.io/act-key";
  static final String ACT = "pidcheck.io/remedy";
  static final String STORY = "pidcheck.io/story";
  static final String REQUEST = "pidcheck.io/request";
  static final String DIAGNOSIS = "pidcheck.io/diagnosis";

  private RemedyNames() {}

  /** {@code pidcheck-kill-<key>-<attempt>}. */
  static String job(Remedy remedy, boolean dryRun, int attempt) {
    return Names.PIDCHECK + "-" + verb(remedy) + "-" + key(remedy, dryRun) + "-" + attempt;
  }

  static String verb(Remedy remedy) {
    return switch (remedy) {
      case Remedy.Kill kill -> "kill";
      case Remedy.RaisePidMax raise -> "raise";
      case Remedy.DeletePod delete -> "delete-pod";
      case Remedy.Undo undo -> "undo";
    };
  }

  /** What makes two clicks the same act. A dry run is another one than the real thing. */
  static String key(Remedy remedy, boolean dryRun) {
    String place = remedy.seen().node() + "\n" + remedy.seen().bootId() + "\n";
    String act =
        switch (remedy) {
          case Remedy.Kill kill ->
              kill.targets().stream()
                  .map(target -> target.pid() + ":" + target.startTicks())
                  .sorted()
                  .collect(Collectors.joining(","));
          case Remedy.RaisePidMax raise ->
              raise.from()
                  + ">"
                  + raise.to()
                  + (raise.persisted() ? "!" : "")
                  + raise.seen().check();
          case Remedy.DeletePod(var seen, PodName pod, long frees) -> pod.uid();
          case Remedy.Undo undo -> undo.raise();
        };
    return Names.digest(verb(remedy) + "\n" + place + act + (dryRun ? "\ndry" : ""));
  }
}
