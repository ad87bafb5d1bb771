package io.pidcheck.bot.act;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.pidcheck.probe.report.KillResult;
import io.pidcheck.probe.report.SysctlResult;

/** How an act ended. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "ended")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Ending.Killed.class, name = "killed"),
  @JsonSubTypes.Type(value = Ending.Written.class, name = "written"),
  @JsonSubTypes.Type(value = Ending.PodDeleted.class, name = "pod-deleted"),
  @JsonSubTypes.Type(value = Ending.NotStarted.class, name = "not-started"),
  @JsonSubTypes.Type(value = Ending.Expired.class, name = "expired"),
  @JsonSubTypes.Type(value = Ending.Cancelled.class, name = "cancelled"),
  @JsonSubTypes.Type(value = Ending.Unknown.class, name = "unknown")
})
public sealed interface Ending {

  /** Nothing was done and nothing can come of it any more: it may be asked for again. */
  boolean neverActed();

  /** The program on the node ran, and says for each process what became of it. */
  record Killed(KillResult result) implements Ending {
    @Override
    public boolean neverActed() {
      return false;
    }
  }

  /** The program on the node ran, and says for each setting what it reads now. */
  record Written(SysctlResult result) implements Ending {
    @Override
    public boolean neverActed() {
      return false;
    }
  }

  /**
   * The API server answered.
   *
   * @param words its words where it refused; foreign text
   */
  record PodDeleted(Deletion outcome, String words) implements Ending {
    @Override
    public boolean neverActed() {
      return outcome == Deletion.REFUSED; // whoever gets the right may try again
    }
  }

  /** What became of the deletion of a pod. */
  enum Deletion {
    DELETED,
    WOULD_DELETE,
    ALREADY_GONE,
    ANOTHER_POD,
    REFUSED
  }

  /**
   * The program never ran.
   *
   * @param why the text's key below {@code not-started.}
   * @param words the cluster's; foreign text
   */
  record NotStarted(String why, String words) implements Ending {
    @Override
    public boolean neverActed() {
      return true;
    }
  }

  /** Nobody approved it in time. */
  record Expired() implements Ending {
    @Override
    public boolean neverActed() {
      return true;
    }
  }

  /** Somebody who may act took it back while it waited for a second. */
  record Cancelled(String by) implements Ending {
    @Override
    public boolean neverActed() {
      return true;
    }
  }

  /**
   * The program ran, or may have run, and what it did cannot be read.
   *
   * @param silence why it cannot
   */
  record Unknown(Silence silence) implements Ending {
    @Override
    public boolean neverActed() {
      return false;
    }
  }
}
