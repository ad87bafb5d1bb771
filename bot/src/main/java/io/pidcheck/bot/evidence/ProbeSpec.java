package io.pidcheck.bot.evidence;

import java.time.Duration;

/**
 * A container's liveness, readiness or startup probe, as the pod has it.
 *
 * @param target the command of an exec probe, the port and path of an HTTP one
 */
public record ProbeSpec(
    Handler handler, String target, Duration period, Duration timeout, int failureThreshold) {

  /** How the kubelet asks. Only {@link #EXEC} needs new processes on the node. */
  public enum Handler {
    EXEC,
    HTTP_GET,
    TCP_SOCKET,
    GRPC
  }

  public boolean forks() {
    return handler == Handler.EXEC;
  }
}
