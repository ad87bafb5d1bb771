package io.pidcheck.bot.cluster.kubelet;

import io.pidcheck.bot.cluster.kubelet.KubeletAnswer.Lack;
import io.pidcheck.bot.cluster.kubelet.KubeletAnswer.NotTold;
import io.pidcheck.bot.cluster.kubelet.KubeletAnswer.Told;
import java.io.InputStream;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads {@code node.rlimit} out of /stats/summary, and no further: the pods come after it and make
 * up nearly all of the answer. The parameter only_cpu_and_memory would leave rlimit out.
 */
final class SummaryReading {

  private static final JsonFactory JSON = JsonFactory.builder().build();

  private long maxPid = -1;
  private long tasks = -1;
  private Optional<Instant> at = Optional.empty();

  private SummaryReading() {}

  static KubeletAnswer<NodeTasks> read(InputStream body) {
    SummaryReading reading = new SummaryReading();
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
      if (json.nextToken() == JsonToken.START_OBJECT
          && into(json, "node")
          && into(json, "rlimit")) {
        reading.rlimit(json);
      }
    }
    if (reading.maxPid > 0 && reading.tasks > reading.maxPid) {
      return new NotTold<>(
          Lack.OTHERS_COUNTED,
          reading.tasks + " > " + reading.maxPid,
          OptionalLong.of(reading.maxPid));
    }
    return reading.maxPid > 0 && reading.tasks >= 0
        ? new Told<>(new NodeTasks(reading.maxPid, reading.tasks, reading.at))
        : new NotTold<>(Lack.NOT_UNDERSTOOD, "/stats/summary: node.rlimit");
  }

  /** Goes into that field's object; false where the present object has none. */
  private static boolean into(JsonParser json, String field) {
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean wanted = json.currentName().equals(field);
      if (json.nextToken() == JsonToken.START_OBJECT && wanted) {
        return true;
      }
      json.skipChildren();
    }
    return false;
  }

  private void rlimit(JsonParser json) {
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String field = json.currentName();
      JsonToken value = json.nextToken();
      switch (field) {
        case "maxpid" -> maxPid = number(json, value);
        case "curproc" -> tasks = number(json, value);
        case "time" -> at = time(json.getValueAsString(""));
        default -> json.skipChildren();
      }
    }
  }

  private static long number(JsonParser json, JsonToken value) {
    return value == JsonToken.VALUE_NUMBER_INT ? json.getLongValue() : -1;
  }

  private static Optional<Instant> time(String written) {
    try {
      return Optional.of(Instant.parse(written));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
