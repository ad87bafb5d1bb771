package io.pidcheck.bot;

import io.pidcheck.bot.cluster.DaemonPods;
import io.pidcheck.bot.cluster.Leadership;
import io.pidcheck.bot.health.Condition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What has to hold for this replica to do its work. */
record Readiness(DaemonPods pods, Leadership leadership, Duration lease) {

  // an informer that lost its watch tries again within seconds
  private static final Duration SILENT = Duration.ofMinutes(1);

  List<Condition> conditions(BooleanSupplier slack) {
    return List.of(
        new Condition("slack", () -> unless(slack.getAsBoolean(), "not connected")),
        new Condition("pods", this::watched),
        new Condition(
            "lease",
            () ->
                unless(
                    leadership.silence().compareTo(lease.multipliedBy(2)) < 0,
                    "not reached for " + leadership.silence().toSeconds() + " s")));
  }

  private Optional<String> watched() {
    return pods.synced()
        ? unless(
            pods.silence().compareTo(SILENT) < 0,
            "not watched for " + pods.silence().toSeconds() + " s")
        : Optional.of("not read yet");
  }

  private static Optional<String> unless(boolean good, String trouble) {
    return good ? Optional.empty() : Optional.of(trouble);
  }
}
