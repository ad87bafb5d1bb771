package io.pidcheck.bot.evidence;

import io.pidcheck.probe.report.Limit;
import io.pidcheck.probe.report.NodeReport;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;

/** Reads the probe's JSON. What does not say all it must is refused, never filled up with zeros. */
final class ReportReader {

  /** Why a text is no report. */
  static final class NotAReport extends Exception {
    private static final long serialVersionUID = 1L;

    NotAReport(String why) {
      super(why);
    }

    String why() {
      return Objects.requireNonNullElse(getMessage(), "");
    }
  }

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new SimpleModule().addDeserializer(Limit.class, new LimitReader()))
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES) // a newer probe says more
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  private ReportReader() {}

  /**
   * @param log a pod's; where a thread was refused its PID, the JVM says so in lines of its own
   */
  static NodeReport read(String log, String node) throws NotAReport {
    if (log.isBlank()) {
      throw new NotAReport("empty");
    }
    NodeReport report =
        parse(log.lines().filter(line -> line.startsWith("{\"")).findFirst().orElse(log));
    if (report.version() != NodeReport.VERSION) {
      throw new NotAReport("report version " + report.version());
    }
    if (!report.node().name().equals(node)) {
      throw new NotAReport("it is about another node, " + report.node().name());
    }
    return report;
  }

  private static NodeReport parse(String json) throws NotAReport {
    try {
      JsonNode tree = JSON.readTree(json);
      if (tree instanceof ObjectNode object && !object.has("later")) {
        object.putNull("later"); // a probe from before there was a second count
      }
      if (tree.path("node") instanceof ObjectNode node && !node.has("pidsRoot")) {
        node.put("pidsRoot", ""); // a probe from before it said so
      }
      NodeReport report = JSON.treeToValue(tree, NodeReport.class);
      Objects.requireNonNull(report.node(), "node");
      Objects.requireNonNull(report.node().name(), "node.name");
      Objects.requireNonNull(report.limits(), "limits");
      Objects.requireNonNull(report.limits().pidMax(), "limits.pidMax");
      Objects.requireNonNull(report.use(), "use");
      Objects.requireNonNull(report.memory(), "memory");
      return report;
    } catch (JacksonException e) {
      throw new NotAReport("not a complete report: " + e.getOriginalMessage());
    } catch (NullPointerException e) {
      throw new NotAReport("it does not say " + e.getMessage());
    }
  }

  private static final class LimitReader extends ValueDeserializer<Limit> {

    @Override
    public Limit deserialize(JsonParser parser, DeserializationContext context) {
      if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
        return Limit.of(parser.getLongValue());
      }
      if ("unlimited".equals(parser.getValueAsString())) {
        return Limit.UNLIMITED;
      }
      return context.reportInputMismatch(Limit.class, "neither a number nor \"unlimited\"");
    }

    @Override
    public Object getAbsentValue(DeserializationContext context) {
      return Limit.UNKNOWN;
    }

    @Override
    public Limit getNullValue(DeserializationContext context) {
      return Limit.UNKNOWN;
    }
  }
}
