package io.pidcheck.bot.local.slack.api;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * How often each method may be called: https://docs.slack.dev/apis/web-api/rate-limits
 *
 * <p>A bucket per method, and per channel for chat.postMessage, that fills at Slack's pace and
 * holds a minute's worth; for chat.postMessage, which Slack lets burst for a short while, 20
 * messages.
 */
public final class RateLimits {

  private static final Rate TIER_2 = Rate.perMinute(20);
  private static final Rate TIER_3 = Rate.perMinute(50);
  private static final Rate TIER_4 = Rate.perMinute(100);

  private static final Map<String, Rate> RATES =
      Map.ofEntries(
          Map.entry("chat.postMessage", new Rate(1.0, 20)),
          Map.entry("chat.update", TIER_3),
          Map.entry("chat.delete", TIER_3),
          Map.entry("chat.postEphemeral", TIER_4),
          Map.entry("conversations.list", TIER_2),
          Map.entry("conversations.info", TIER_3),
          Map.entry("conversations.open", TIER_3),
          Map.entry("conversations.history", TIER_3),
          Map.entry("conversations.replies", TIER_3),
          Map.entry("users.info", TIER_4),
          Map.entry("users.list", TIER_2),
          Map.entry("usergroups.list", TIER_2),
          Map.entry("usergroups.users.list", TIER_2),
          Map.entry("views.open", TIER_4),
          Map.entry("views.push", TIER_4),
          Map.entry("views.update", TIER_4),
          Map.entry("files.getUploadURLExternal", TIER_4),
          Map.entry("files.completeUploadExternal", TIER_4),
          Map.entry("files.info", TIER_4),
          Map.entry("reactions.add", TIER_3),
          Map.entry("reactions.remove", TIER_2));

  private record Rate(double perSecond, int burst) {
    static Rate perMinute(int calls) {
      return new Rate(calls / 60.0, calls);
    }
  }

  private record Bucket(double tokens, Instant at) {}

  private final Clock clock;
  private final Map<String, Bucket> buckets = new HashMap<>();

  public RateLimits(Clock clock) {
    this.clock = clock;
  }

  /** Counts a call; when it was one too many, the whole seconds after which to try again. */
  OptionalLong take(String method, Arguments arguments) {
    Rate rate = RATES.get(method);
    if (rate == null) {
      return OptionalLong.empty();
    }
    String channel = arguments.text("channel").orElse("");
    String key = method.equals("chat.postMessage") ? method + " " + channel : method;
    Instant now = clock.instant();
    double tokens = tokens(key, rate, now);
    if (tokens < 1) {
      return OptionalLong.of(Math.max(1, (long) Math.ceil((1 - tokens) / rate.perSecond())));
    }
    buckets.values().removeIf(b -> b.at().isBefore(now.minus(Duration.ofMinutes(2))));
    buckets.put(key, new Bucket(tokens - 1, now));
    return OptionalLong.empty();
  }

  private double tokens(String key, Rate rate, Instant now) {
    Bucket bucket = buckets.get(key);
    if (bucket == null) {
      return rate.burst();
    }
    double refill = Duration.between(bucket.at(), now).toMillis() / 1000.0 * rate.perSecond();
    return Math.min(rate.burst(), bucket.tokens() + refill);
  }
}
