package io.pidcheck.bot.local.slack.api;

import io.pidcheck.bot.local.slack.workspace.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What is made to go wrong on purpose. */
public final class Faults {

  /** For every call. */
  public static final String ANY = "*";

  /**
   * One thing that goes wrong, and how often it still will; {@code times} below 0: until cleared.
   */
  public sealed interface Fault {

    String method();

    int times();

    record RateLimit(String method, int retryAfterSeconds, int times) implements Fault {}

    record Fail(String method, String error, int httpStatus, int times) implements Fault {}

    record Delay(String method, Duration by, int times) implements Fault {}
  }

  private final List<Fault> active = new ArrayList<>();

  public void add(Fault fault) {
    active.add(fault);
  }

  public void clear() {
    active.clear();
  }

  /** How long to wait before that call is even looked at. */
  public Duration delay(String method) {
    for (Fault fault : List.copyOf(active)) {
      if (fault instanceof Fault.Delay delay && hits(fault, method)) {
        spend(fault);
        return delay.by();
      }
    }
    return Duration.ZERO;
  }

  /** The answer that goes out in place of the method's own. */
  Optional<Answer> answer(String method) {
    for (Fault fault : List.copyOf(active)) {
      if (!hits(fault, method)) {
        continue;
      }
      switch (fault) {
        case Fault.RateLimit limit -> {
          spend(fault);
          return Optional.of(new Answer.RateLimited(limit.retryAfterSeconds()));
        }
        case Fault.Fail fail -> {
          spend(fault);
          return Optional.of(new Answer.Broken(fail.httpStatus(), fail.error()));
        }
        case Fault.Delay delay -> {}
      }
    }
    return Optional.empty();
  }

  private static boolean hits(Fault fault, String method) {
    return fault.method().equals(ANY) || fault.method().equals(method);
  }

  private void spend(Fault fault) {
    int index = active.indexOf(fault);
    if (fault.times() < 0) {
      return;
    }
    if (fault.times() <= 1) {
      active.remove(index);
      return;
    }
    int left = fault.times() - 1;
    active.set(
        index,
        switch (fault) {
          case Fault.RateLimit f -> new Fault.RateLimit(f.method(), f.retryAfterSeconds(), left);
          case Fault.Fail f -> new Fault.Fail(f.method(), f.error(), f.httpStatus(), left);
          case Fault.Delay f -> new Fault.Delay(f.method(), f.by(), left);
        });
  }

  /** The active faults, each in the form in which it was asked for. */
  public ArrayNode json() {
    ArrayNode list = Json.array();
    for (Fault fault : active) {
      ObjectNode entry = list.addObject();
      switch (fault) {
        case Fault.RateLimit f ->
            entry
                .putObject("rate_limit")
                .put("method", f.method())
                .put("retry_after_s", f.retryAfterSeconds())
                .put("times", f.times());
        case Fault.Fail f ->
            entry
                .putObject("fail")
                .put("method", f.method())
                .put("error", f.error())
                .put("status", f.httpStatus())
                .put("times", f.times());
        case Fault.Delay f ->
            entry
                .putObject("delay")
                .put("method", f.method())
                .put("millis", f.by().toMillis())
                .put("times", f.times());
      }
    }
    return list;
  }
}
