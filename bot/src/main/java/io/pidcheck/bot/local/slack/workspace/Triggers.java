package io.pidcheck.bot.local.slack.workspace;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Trigger ids: the right to open one modal for the person who just did something.
 *
 * <p>https://docs.slack.dev/interactivity/handling-user-interaction: good once, for 3 seconds.
 */
public final class Triggers {

  static final Duration LIFETIME = Duration.ofSeconds(3);

  /** How an id was found when the bot came to use it. */
  public sealed interface Use {
    record Granted(String user) implements Use {}

    /**
     * @param error Slack's name for it
     */
    record Refused(String error) implements Use {}
  }

  private record Trigger(String user, Instant expiresAt, boolean used) {}

  private final Clock clock;
  private final Map<String, Trigger> triggers = new HashMap<>();

  Triggers(Clock clock) {
    this.clock = clock;
  }

  /** A new id for what that person just did. */
  public String issue(String user) {
    // long expired: an id is kept for a while only so that it can be called expired, not unknown
    Instant forgotten = clock.instant().minus(Duration.ofMinutes(10));
    triggers.values().removeIf(trigger -> trigger.expiresAt().isBefore(forgotten));
    String id = "%d.%d.%s".formatted(triggers.size() + 1L, 2_147_483_648L, Ids.text(32));
    triggers.put(id, new Trigger(user, clock.instant().plus(LIFETIME), false));
    return id;
  }

  /** Uses an id up. */
  public Use use(String id) {
    Trigger trigger = triggers.get(id);
    if (trigger == null) {
      return new Use.Refused("invalid_trigger_id");
    }
    if (trigger.used()) {
      return new Use.Refused("exchanged_trigger_id");
    }
    if (!clock.instant().isBefore(trigger.expiresAt())) {
      return new Use.Refused("expired_trigger_id");
    }
    triggers.put(id, new Trigger(trigger.user(), trigger.expiresAt(), true));
    return new Use.Granted(trigger.user());
  }
}
