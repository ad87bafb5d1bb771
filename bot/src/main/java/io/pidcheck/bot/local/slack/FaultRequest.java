package io.pidcheck.bot.local.slack;

import io.pidcheck.bot.local.slack.api.Faults;
import io.pidcheck.bot.local.slack.api.Faults.Fault;
import io.pidcheck.bot.local.slack.workspace.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the body of POST /control/faults. */
sealed interface FaultRequest {

  /** What may be done to the Socket Mode connections. */
  Set<String> SOCKET = Set.of("drop", "refuse", "accept", "warn", "refresh");

  /**
   * @param clear first forget all others
   */
  record Valid(boolean clear, List<Fault> faults, Optional<String> socket)
      implements FaultRequest {}

  /**
   * @param reason says what would be right
   */
  record Invalid(String reason) implements FaultRequest {}

  static FaultRequest read(ObjectNode body) {
    List<Fault> faults = new ArrayList<>();
    for (String key : body.propertyNames()) {
      JsonNode value = body.path(key);
      Optional<String> problem =
          switch (key) {
            case "clear" -> value.isBoolean() ? none() : some("clear must be true or false");
            case "socket" ->
                value.isString() && SOCKET.contains(value.stringValue())
                    ? none()
                    : some("socket must be one of " + SOCKET.stream().sorted().toList());
            case "rate_limit", "fail", "delay" -> {
              Optional<Fault> fault = fault(key, value);
              fault.ifPresent(faults::add);
              yield fault.isPresent() ? none() : some(form(key));
            }
            default -> some(key + " is unknown: use rate_limit, fail, delay, socket or clear");
          };
      if (problem.isPresent()) {
        return new Invalid(problem.get());
      }
    }
    return new Valid(body.path("clear").asBoolean(false), faults, Json.string(body, "socket"));
  }

  private static Optional<Fault> fault(String key, JsonNode json) {
    Optional<String> method = Json.string(json, "method").filter(m -> !m.isEmpty());
    OptionalInt times = number(json, "times", key.equals("delay") ? -1 : 1, 1_000_000);
    if (method.isEmpty() || times.isEmpty()) {
      return Optional.empty();
    }
    String on = method.get();
    int left = times.getAsInt();
    return switch (key) {
      case "rate_limit" ->
          boxed(number(json, "retry_after_s", 1, 3600))
              .map(seconds -> new Fault.RateLimit(on, seconds, left));
      case "fail" ->
          boxed(number(json, "status", 200, 599))
              .filter(status -> status >= 200)
              .map(status -> new Fault.Fail(on, error(json), status, left));
      default ->
          boxed(number(json, "millis", 0, 600_000))
              .filter(millis -> millis > 0)
              .map(millis -> new Fault.Delay(on, Duration.ofMillis(millis), left));
    };
  }

  private static String error(JsonNode json) {
    return Json.string(json, "error").orElse("internal_error");
  }

  private static OptionalInt number(JsonNode json, String field, int absent, int max) {
    JsonNode value = json.path(field);
    if (value.isMissingNode()) {
      return OptionalInt.of(absent);
    }
    boolean fits = value.isInt() && value.intValue() >= 1 && value.intValue() <= max;
    return fits ? OptionalInt.of(value.intValue()) : OptionalInt.empty();
  }

  private static Optional<Integer> boxed(OptionalInt number) {
    return number.isPresent() ? Optional.of(number.getAsInt()) : Optional.empty();
  }

  private static String form(String key) {
    return switch (key) {
      case "rate_limit" ->
          "rate_limit must be {\"method\": NAME or \"*\", \"retry_after_s\": 1..3600, \"times\": 1..}";
      case "fail" ->
          "fail must be {\"method\": NAME or \"*\", \"error\": NAME, \"status\": 200..599, \"times\": 1..}";
      default -> "delay must be {\"method\": NAME or \"*\", \"millis\": 1..600000, \"times\": 1..}";
    };
  }

  private static Optional<String> none() {
    return Optional.empty();
  }

  private static Optional<String> some(String problem) {
    return Optional.of(problem);
  }

  /** Adds these faults to the active ones. */
  static void apply(Valid request, Faults faults) {
    if (request.clear()) {
      faults.clear();
    }
    request.faults().forEach(faults::add);
  }
}
