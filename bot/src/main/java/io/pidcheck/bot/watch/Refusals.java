package io.pidcheck.bot.watch;

import io.pidcheck.bot.cluster.WarningEvents.Warning;
import io.pidcheck.bot.diagnosis.Signal;
import io.pidcheck.bot.diagnosis.Signal.Kind;
import io.pidcheck.bot.incident.Incident.Shortage;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Which of a node's warnings say that it can start no more processes or threads. */
final class Refusals {

  // what happened longer ago than this when the bot starts is history
  private static final Duration RECENT = Duration.ofMinutes(5);
  private static final int WORDS = 600;

  private final Clock clock;

  Refusals(Clock clock) {
    this.clock = clock;
  }

  Optional<Shortage> in(Warning warning) {
    if (warning.at().isBefore(clock.instant().minus(RECENT))) {
      return Optional.empty();
    }
    return switch (Signal.of(warning.message())) {
      case Signal.Strong(Kind kind) when ofTheNode(kind) ->
          Optional.of(Shortage.told(warning.at(), cut(warning.message())));
      case Signal.Strong _, Signal.Weak _, Signal.Unrelated _, Signal.Silent _ -> Optional.empty();
    };
  }

  private static boolean ofTheNode(Kind kind) {
    return switch (kind) {
      case FORK_REFUSED, THREAD_REFUSED -> true;
      case CGROUP_REFUSED, USER_LIMIT_REFUSED -> false;
    };
  }

  private static String cut(String message) {
    return message.substring(0, Math.min(WORDS, message.length()));
  }
}
