package io.pidcheck.bot.cluster.kubelet;

import io.fabric8.kubernetes.client.Config;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The bot's token. A ServiceAccount's is exchanged while the bot runs (every hour, Kubernetes 1.21
 * on), so it is read anew now and then.
 */
final class Credentials {

  private static final Duration FRESH = Duration.ofMinutes(1);

  private final Clock clock;
  private Config config;
  private Instant readAt;

  Credentials(Config config, Clock clock) {
    this.clock = clock;
    this.config = config;
    this.readAt = clock.instant();
  }

  /** Empty where a client certificate is all there is. */
  synchronized Optional<String> token() {
    if (clock.instant().isAfter(readAt.plus(FRESH))) {
      config = config.refresh();
      readAt = clock.instant();
    }
    String provided =
        config.getOauthTokenProvider() == null ? null : config.getOauthTokenProvider().getToken();
    return Stream.of(
            Optional.ofNullable(provided),
            Optional.ofNullable(config.getOauthToken()),
            Optional.ofNullable(config.getAutoOAuthToken()))
        .flatMap(Optional::stream)
        .filter(token -> !token.isBlank())
        .findFirst();
  }
}
