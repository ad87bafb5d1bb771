package io.pidcheck.bot;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.pidcheck.bot.rig.Person;
import io.pidcheck.bot.rig.Rig;
import io.pidcheck.probe.report.ShortKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.slf4j.LoggerFactory;

/**
 * A Job that somebody else made with the labels of ours: nothing is taken from it but a warning.
 */
@ResourceLock("machine")
class StrangeJobIT {

  private static final String NAME = "by-hand-41";

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    log.start();
    ((Logger) LoggerFactory.getLogger("io.pidcheck")).addAppender(log);
  }

  @AfterEach
  void stopListening() {
    ((Logger) LoggerFactory.getLogger("io.pidcheck")).detachAppender(log);
  }

  @Test
  void isPassedOverAndNobodyWaitsForIt() {
    try (Rig rig = Rig.start()) {
      create(rig, "check");
      create(rig, "remedy");
      Person alex = rig.withBot().person(0);
      alex.say("/pidcheck node " + rig.node());
      alex.reads("Read at");
    }
    assertThat(of(NAME + "-check")).hasSize(1).allMatch(line -> line.contains("passed over"));
    assertThat(of(NAME + "-remedy")).hasSize(1).allMatch(line -> line.contains("passed over"));
  }

  private List<String> of(String job) {
    return List.copyOf(log.list).stream()
        .filter(event -> event.toString().contains(job) || pairs(event).contains(job))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  private static String pairs(ILoggingEvent event) {
    return event.getKeyValuePairs() == null ? "" : event.getKeyValuePairs().toString();
  }

  private static void create(Rig rig, String component) {
    Job job =
        new JobBuilder()
            .withNewMetadata()
            .withNamespace("pidcheck")
            .withName(NAME + "-" + component)
            .withLabels(
                Map.of(
                    "app.kubernetes.io/managed-by",
                    "pidcheck",
                    "app.kubernetes.io/component",
                    component,
                    "pidcheck.io/node-key",
                    ShortKey.ofNode(rig.node())))
            .endMetadata()
            .withNewSpec()
            .withParallelism(0)
            .withNewTemplate()
            .withNewSpec()
            .withNodeName(rig.node())
            .withRestartPolicy("Never")
            .addNewContainer()
            .withName("main")
            .withImage(Rig.IMAGE)
            .endContainer()
            .endSpec()
            .endTemplate()
            .endSpec()
            .build();
    try (KubernetesClient client = rig.kubernetes()) {
      client.resource(job).create();
    }
  }
}
