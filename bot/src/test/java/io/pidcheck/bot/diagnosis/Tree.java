package io.pidcheck.bot.diagnosis;

import io.pidcheck.bot.cluster.PodRef;
import io.pidcheck.bot.evidence.EventSeen;
import io.pidcheck.probe.report.ProcessUse;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Records as JSON for golden files; which of a sealed interface's it is stands under "is". */
final class Tree {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private Tree() {}

  static String json(Record value) {
    return JSON.writeValueAsString(of(value)) + "\n";
  }

  private static @Nullable Object of(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Optional<?> optional -> optional.map(Tree::of).orElse(null);
      case List<?> list -> list(list);
      case Map<?, ?> map -> new TreeMap<>(map);
      case Quote quote -> line(quote);
      case LimitUse limit -> line(limit);
      case ProcessUse process ->
          "pid %d %s, %d threads".formatted(process.pid(), process.comm(), process.threads());
      case PodRef pod -> pod.namespace() + "/" + pod.name() + " " + pod.qos();
      case Record record -> record(record);
      case Double number -> Math.round(number * 1000) / 1000.0;
      case Number number -> number;
      case Boolean flag -> flag;
      default -> value.toString();
    };
  }

  private static String line(Quote quote) {
    EventSeen event = quote.event();
    String age = quote.age().map(Object::toString).orElse("?");
    return "%s x%d %s %s: %s => %s"
        .formatted(
            age,
            event.count(),
            event.reason(),
            event.object().name(),
            event.message().strip(),
            quote.signal());
  }

  private static String line(LimitUse limit) {
    return "%s %s %s: %d of %d, %d free, %s"
        .formatted(
            limit.kind(),
            limit.scope(),
            limit.path(),
            limit.used(),
            limit.limit(),
            limit.free(),
            limit.level());
  }

  private static List<@Nullable Object> list(List<?> values) {
    List<@Nullable Object> list = new ArrayList<>();
    values.forEach(value -> list.add(of(value)));
    return list;
  }

  private static Map<String, @Nullable Object> record(Record record) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    for (Class<?> type : record.getClass().getInterfaces()) {
      if (type.isSealed()) {
        fields.put("is", record.getClass().getSimpleName());
      }
    }
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      try {
        fields.put(
            component.getName(),
            of(Objects.requireNonNull(component.getAccessor()).invoke(record)));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
    return fields;
  }
}
