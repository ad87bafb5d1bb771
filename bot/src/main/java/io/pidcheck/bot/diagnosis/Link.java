package io.pidcheck.bot.diagnosis;

/** One link of the causal chain. */
public record Link(Step step, Wording wording, Standing standing) {

  /** From the leak to what users feel. */
  public enum Step {
    LEAK,
    LIMIT_REACHED,
    FORK_REFUSED,
    PROBE_NOT_RUN,
    PROBES_FAIL,
    THRESHOLD,
    RESTARTED,
    BIRD_DOWN,
    NOT_READY,
    ROUTES
  }

  /** The step in the words of the runtime and the probe that are really there. */
  public enum Wording {
    THREADS_LEAKED,
    PROCESSES_LEAKED,
    PODS_PILED_UP,
    ZOMBIES_LEFT,
    SHIMS_LEFT,
    SOMEBODY_LEAKED,
    NODE_FULL,
    CGROUP_FULL,
    USER_FULL,
    WAS_FULL,
    FORK_REFUSED,
    CGROUP_REFUSED,
    /** runc could not start the exec at all. */
    EXEC_NOT_STARTED,
    /** The probe's command started, and was refused its own children. */
    PROBE_CANNOT_FORK,
    PROBE_IS_HTTP,
    PROBES_FAILED,
    PROBES_ERRORED,
    PROBES_FAILED_AND_ERRORED,
    LIVENESS_FAILED_TOO_OFTEN,
    /** Nobody stopped it: its own process ended, or its container could not be started. */
    ITS_PROCESS_ENDED,
    KUBELET_RESTARTED_IT,
    BIRD_CANNOT_START,
    BIRD_REFUSES_CONNECTIONS,
    READINESS_FAILS,
    ROUTES_AND_SERVICES_SUFFER
  }
}
