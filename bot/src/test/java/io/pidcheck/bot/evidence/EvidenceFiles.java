package io.pidcheck.bot.evidence;

import io.pidcheck.bot.cluster.PodRef;
import io.pidcheck.bot.cluster.kubelet.CgroupTasks;
import io.pidcheck.bot.cluster.kubelet.KubeletAnswer.Told;
import io.pidcheck.bot.evidence.ReportReader.NotAReport;
import io.pidcheck.probe.report.NodeReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** Evidence from golden files, read as the bot reads it. */
public final class EvidenceFiles {

  private EvidenceFiles() {}

  public static NodeReport report(String json, String node) {
    try {
      return ReportReader.read(json, node);
    } catch (NotAReport e) {
      throw new IllegalArgumentException(e);
    }
  }

  public static Map<String, PodRef> pods(String json) {
    return JsonMapper.builder().build().readValue(json, new TypeReference<>() {});
  }

  public static Surroundings surroundings(String json) {
    return JsonMapper.builder()
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .addModule(
            new SimpleModule().addDeserializer(KubeletFigures.class, new FiguresDeserializer()))
        .build()
        .readValue(json, Surroundings.class);
  }

  /** As the fixtures write them: the count, and the containers where there are any. */
  private record Figures(
      long maxPid,
      long tasks,
      Instant at,
      Optional<List<CgroupTasks>> containers,
      Optional<Map<String, PodRef>> pods) {

    KubeletFigures figures() {
      KubeletFigures count = new KubeletFigures(maxPid, tasks, at);
      return containers
          .map(all -> new KubeletFigures(count.node(), new Told<>(all), pods.orElse(Map.of()), at))
          .orElse(count);
    }
  }

  private static final class FiguresDeserializer extends ValueDeserializer<KubeletFigures> {
    @Override
    public KubeletFigures deserialize(JsonParser parser, DeserializationContext context) {
      return context.readValue(parser, Figures.class).figures();
    }
  }
}
