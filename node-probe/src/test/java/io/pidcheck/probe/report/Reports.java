package io.pidcheck.probe.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** Reports to write, and a reader for what was written that is not the writer's own. */
final class Reports {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new SimpleModule().addDeserializer(Limit.class, new LimitReader()))
          .build();

  private Reports() {}

  static NodeReport read(byte[] json) {
    return JSON.readValue(json, NodeReport.class);
  }

  /** One of everything; every text is {@code text}. */
  static NodeReport full(String text) {
    Optional<String> some = Optional.of(text);
    return new NodeReport(
        NodeReport.VERSION,
        true,
        new NodeFacts(text.substring(0, Math.min(50, text.length())), "boot", "6.8", 1, 2, 3),
        new PidLimits(Limit.of(4194304), Limit.UNLIMITED),
        new PidUse(1, 2, 3, 4, OptionalLong.of(5)),
        new Memory(1, 2, 3, 4, 5, 6, 7, 8),
        List.of(
            new ProcessUse(
                7, 1, 4294967295L, "S", 9, 21317, text, text, Limit.UNKNOWN, text, some, some)),
        List.of(
            new CgroupPids(
                text, CgroupKind.POD, some, Optional.empty(), Limit.of(1), OptionalLong.empty())),
        List.of(new OwnerUse(text, CgroupKind.SERVICE, Optional.empty(), 1, 2)),
        List.of(new CommandUse(text, 1, 2)),
        List.of(new ThreadNames(7, 10, List.of(new ThreadNames.Name(text, 9, 3)), 1)),
        List.of(new ZombieParent(7, text, 3)),
        List.of(new Missing(text, text)),
        Optional.of(new SecondCount(31_640, 251)));
  }

  static NodeReport empty() {
    return new NodeReport(
        NodeReport.VERSION,
        true,
        new NodeFacts("", "", "", 0, 0, 0),
        new PidLimits(Limit.UNKNOWN, Limit.UNLIMITED),
        new PidUse(0, 0, 0, 0, OptionalLong.empty()),
        Memory.UNKNOWN,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private static final class LimitReader extends ValueDeserializer<Limit> {
    @Override
    public Limit deserialize(JsonParser parser, DeserializationContext context) {
      return parser.currentToken() == JsonToken.VALUE_NUMBER_INT
          ? Limit.of(parser.getLongValue())
          : Limit.UNLIMITED;
    }

    @Override
    public Limit getNullValue(DeserializationContext context) {
      return Limit.UNKNOWN;
    }
  }
}
