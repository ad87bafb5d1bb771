package io.pidcheck.bot.local.slack.workspace;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Response URLs: the right to answer one interaction without a token.
 *
 * <p>https://docs.slack.dev/interactivity/handling-user-interaction: 5 times within 30 minutes.
 */
public final class ResponseUrls {

  static final Duration LIFETIME = Duration.ofMinutes(30);
  static final int MAX_USES = 5;

  /**
   * What an answer may touch.
   *
   * @param user who did something
   * @param channel where
   * @param messageTs the message with the button; empty for a slash command
   * @param threadTs the thread that message is in
   */
  public record Origin(
      String user, String channel, Optional<String> messageTs, Optional<String> threadTs) {}

  /** How a URL was found when the bot came to use it. */
  public sealed interface Use {
    record Granted(Origin origin) implements Use {}

    /**
     * @param error Slack's name for it
     */
    record Refused(String error) implements Use {}
  }

  private record Grant(Origin origin, Instant expiresAt, int uses) {}

  private final Clock clock;
  private final Map<String, Grant> grants = new HashMap<>();

  ResponseUrls(Clock clock) {
    this.clock = clock;
  }

  /** The secret last part of a new URL. */
  public String issue(Origin origin) {
    Instant forgotten = clock.instant().minus(LIFETIME);
    grants.values().removeIf(grant -> grant.expiresAt().isBefore(forgotten));
    String id = Ids.text(24);
    grants.put(id, new Grant(origin, clock.instant().plus(LIFETIME), 0));
    return id;
  }

  /** Counts one use. */
  public Use use(String id) {
    Grant grant = grants.get(id);
    if (grant == null) {
      return new Use.Refused("no_such_url");
    }
    if (!clock.instant().isBefore(grant.expiresAt())) {
      return new Use.Refused("expired_url");
    }
    if (grant.uses() >= MAX_USES) {
      return new Use.Refused("used_url");
    }
    grants.put(id, new Grant(grant.origin(), grant.expiresAt(), grant.uses() + 1));
    return new Use.Granted(grant.origin());
  }
}
