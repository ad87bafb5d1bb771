package io.pidcheck.bot.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Who does a Job's work on the node. */
public sealed interface Means {

  /** What is usual. */
  Means A_POD = new Pod(Optional.empty());

  /**
   * A pod that is started for it.
   *
   * @param instead why not the standby probe; empty where the node has none
   */
  record Pod(Optional<Instead> instead) implements Means {}

  /**
   * The standby probe that runs there already; the Job is its order, and has no pod.
   *
   * @param order the Job's uid: it stands in the answers
   * @param node where it runs
   * @param pod the standby probe's, in the bot's namespace
   * @param nodeLog it leaves what it says in the node's log directory too
   * @param validFor from the Job's creation on; later the standby probe does not begin it any more
   */
  record Standby(String order, String node, String pod, boolean nodeLog, Duration validFor)
      implements Means {

    /** So much later it is certain that it will not begin: both count whole seconds. */
    private static final Duration CERTAINLY = Duration.ofSeconds(1);

    /** Whether it could have begun by now, and would have said so. */
    public boolean overdue(Instant createdAt, Instant now) {
      return now.isAfter(createdAt.plus(validFor).plus(CERTAINLY));
    }
  }

  /**
   * @param words what was said about it, or empty; foreign text
   */
  record Instead(Why why, String words) {}

  /** Why a standby probe did not do it. */
  enum Why {
    /** There is none, but others have one. */
    NONE_HERE,
    /** Its container does not run. */
    NOT_RUNNING,
    /** It takes orders in another way than this bot gives them. */
    OTHER_VERSION,
    /** It may only look. */
    MAY_NOT_ACT,
    /** It did not begin in time. */
    SILENT,
    /** It may have answered, but its log cannot be had. */
    LOG_UNREADABLE,
    /** It said no. */
    REFUSED,
    /** It could not. */
    FAILED
  }
}
