package io.pidcheck.bot.evidence;

import io.pidcheck.bot.cluster.PodRef;
import io.pidcheck.bot.evidence.ReportReader.NotAReport;
import io.pidcheck.probe.report.NodeReport;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

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
        .build()
        .readValue(json, Surroundings.class);
  }
}
