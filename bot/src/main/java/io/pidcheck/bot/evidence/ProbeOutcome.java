package io.pidcheck.bot.evidence;

import io.pidcheck.probe.report.NodeReport;

/** How a check's probe ended. Each is answered with words of its own. */
public sealed interface ProbeOutcome {

  /** The probe looked and its report is here. */
  record Reported(NodeReport report, Source source) implements ProbeOutcome {}

  /**
   * The probe never ran.
   *
   * @param words what the cluster said, verbatim; foreign text
   */
  record NotStarted(Reason reason, String words) implements ProbeOutcome {}

  /**
   * The deadline came first, and nothing the cluster said tells why.
   *
   * @param words the last thing it did say, or empty; foreign text
   */
  record TimedOut(Stage stage, String words) implements ProbeOutcome {}

  /**
   * The probe ran and said it could not look, or was ended.
   *
   * @param words its last words; foreign text
   */
  record Failed(int exitCode, String words) implements ProbeOutcome {}

  /**
   * The probe ran, but what it wrote cannot be read or used.
   *
   * @param why in a few words
   * @param excerpt the beginning of what there is; foreign text
   */
  record Unreadable(String why, String excerpt) implements ProbeOutcome {}

  /** The node left the cluster while it was being checked. */
  record NodeGone() implements ProbeOutcome {}

  /** Somebody deleted the check's Job before it was done. */
  record JobDeleted() implements ProbeOutcome {}

  /** Where the report was read from. */
  enum Source {
    LOG,
    /** The log of the probe that stands by on the node. */
    STANDBY,
    /** The log could not be had; the summary of 4096 bytes that travels with the pod's status. */
    TERMINATION_MESSAGE
  }

  /** Why a probe did not start. */
  enum Reason {
    /** Quota, policy or the kubelet's own admission. */
    NOT_ADMITTED,
    /** The image is not on the node and could not be pulled. */
    IMAGE_MISSING,
    /** The sandbox, the shim or runc failed: on a node out of PIDs, the very error looked for. */
    CANNOT_START,
    /** The node's kubelet does not answer. */
    NODE_SILENT,
    /** We did not start it: so few PIDs are free that it would take the last ones. */
    HELD_BACK,
    /** The standby probe did not do it, and there are too few PIDs for another one. */
    STANDBY_FAILED
  }

  /** How far a check has come. */
  enum Stage {
    /** The standby probe on the node has been asked. */
    STANDBY,
    /** The Job is there, its pod is not. */
    JOB_CREATED,
    /** The pod is on the node and not running yet. */
    POD_STARTING,
    /** The probe looks around. */
    RUNNING
  }
}
