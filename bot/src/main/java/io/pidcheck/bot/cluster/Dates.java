package io.pidcheck.bot.cluster;

import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Sets a clock by the {@code Date} of whatever the API server answers; asks for nothing more. */
public final class Dates implements Interceptor {

  private static final Duration LONGEST_CALL = Duration.ofMinutes(1);
  private static final int MOST = 10_000;

  private final ServerClock clock;
  // what it forgets, some other answer tells
  private final Cache<UUID, Instant> asked =
      Caffeine.newBuilder().expireAfterWrite(LONGEST_CALL).maximumSize(MOST).build();

  public Dates(ServerClock clock) {
    this.clock = clock;
  }

  /** The last that is called before it is sent, and by the same request as {@link #after}. */
  @Override
  public AsyncBody.Consumer<List<ByteBuffer>> consumer(
      AsyncBody.Consumer<List<ByteBuffer>> consumer, HttpRequest request) {
    asked.put(request.id(), clock.own());
    return consumer;
  }

  @Override
  public void after(
      HttpRequest request,
      HttpResponse<?> response,
      AsyncBody.Consumer<List<ByteBuffer>> consumer) {
    Optional<Instant> at = Optional.ofNullable(asked.asMap().remove(request.id()));
    at.ifPresent(before -> date(response).ifPresent(date -> clock.told(date, before)));
  }

  @Override
  public void afterConnectionFailure(HttpRequest request, Throwable failure) {
    asked.invalidate(request.id());
  }

  private static Optional<Instant> date(HttpResponse<?> response) {
    try {
      return Optional.ofNullable(response.header("Date"))
          .map(date -> RFC_1123_DATE_TIME.parse(date, Instant::from));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
