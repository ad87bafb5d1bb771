package io.pidcheck.bot.act;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * What an act is bound to: it is only done to the node, in the boot, in which its reason was seen.
 *
 * @param bootId random(4): new at every boot; with it pids and start times mean something else
 * @param at when the node was looked at
 * @param check the Job that looked
 * @param used tasks then
 * @param limit of the binding ceiling, or of kernel.pid_max; 0 where neither is known
 */
public record Seen(String node, String bootId, Instant at, String check, long used, long limit) {

  // Kubernetes: names of nodes and Jobs are DNS subdomains (RFC 1123).
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");
  private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  public Seen {
    if (!NAME.matcher(node).matches() || !NAME.matcher(check).matches()) {
      throw new IllegalArgumentException("not the name of a node or of a check");
    }
    if (!UUID.matcher(bootId).matches()) {
      throw new IllegalArgumentException("not a boot id");
    }
  }

  /** Never negative: clocks differ. */
  public Duration age(Instant now) {
    return now.isBefore(at) ? Duration.ZERO : Duration.between(at, now);
  }
}
