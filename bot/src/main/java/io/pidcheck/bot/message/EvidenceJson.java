package io.pidcheck.bot.message;

import io.pidcheck.bot.evidence.EventSeen;
import io.pidcheck.bot.evidence.Evidence;
import io.pidcheck.bot.evidence.Surroundings;
import io.pidcheck.probe.report.ReportJson;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * All that a check read, as one JSON file: the probe's report as it came, and what is around it.
 */
final class EvidenceJson {

  private static final int EVENTS = 1000;
  private static final Duration LONG_AGO = Duration.ofDays(3650);
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private EvidenceJson() {}

  static byte[] of(Evidence evidence) {
    ObjectNode all = JSON.createObjectNode();
    all.set("report", JSON.readTree(ReportJson.of(evidence.report())));
    all.put("reportReadFrom", evidence.source().name());
    all.set("podsOfHolders", JSON.valueToTree(evidence.pods()));
    around(all, evidence.surroundings());
    return JSON.writeValueAsBytes(all);
  }

  /** Where the probe brought no report. */
  static byte[] of(Surroundings around) {
    ObjectNode all = JSON.createObjectNode();
    around(all, around);
    return JSON.writeValueAsBytes(all);
  }

  private static void around(ObjectNode all, Surroundings around) {
    all.put("clusterReadAt", around.at().toString());
    all.set("node", JSON.valueToTree(around.node()));
    all.set("pods", JSON.valueToTree(around.pods()));
    all.set("kubelet", JSON.valueToTree(around.kubelet()));
    List<EventSeen> newest =
        around.events().stream()
            .sorted(Comparator.comparing(event -> event.age(around.at()).orElse(LONG_AGO)))
            .limit(EVENTS)
            .toList();
    all.set("events", JSON.valueToTree(newest));
    all.put("olderEventsLeftOut", around.events().size() - newest.size());
    all.set("notReadFromTheCluster", JSON.valueToTree(around.missing()));
  }
}
