package io.pidcheck.bot.cluster;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was asked for and done, written down as Events of the Node. The API server keeps events for
 * as long as it is told to (--event-ttl, an hour by default). Rights: events create in {@link
 * #NAMESPACE}; list.
 */
public final class NodeRecord {

  // kubelet, client-go: events of objects without a namespace are in this one
  static final String NAMESPACE = "default";

  private final KubernetesClient client;
  private final String instance;
  private final Clock clock;

  /**
   * @param instance who writes, for events' reportingInstance: the bot's namespace
   */
  public NodeRecord(KubernetesClient client, String instance, Clock clock) {
    this.client = client;
    this.instance = instance;
    this.clock = clock;
  }

  /**
   * One line of the record.
   *
   * @param id the same for the same occurrence: written once, however often it is tried
   * @param reason in CamelCase, as events have it
   * @param text without foreign text
   */
  public record Entry(String node, String id, String reason, String text, boolean warning) {}

  /**
   * A line as it is read back.
   *
   * @param text foreign text: whoever may create events can have written it
   */
  public record Line(Instant at, String node, String reason, String text) {}

  /**
   * Writes a line, once.
   *
   * @throws ClusterException when the API server does not take it
   */
  public void write(Entry entry) {
    try {
      client.v1().events().inNamespace(NAMESPACE).resource(event(entry)).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw new ClusterException("writing the event " + entry.reason(), e);
      }
    }
  }

  /**
   * The lines of one node, or of all; the newest first.
   *
   * @throws ClusterException when the API server cannot be asked
   */
  public List<Line> read(Optional<String> node) {
    try {
      return client
          .v1()
          .events()
          .inNamespace(NAMESPACE)
          .withLabels(Map.of(Names.MANAGED_BY, Names.PIDCHECK))
          .list()
          .getItems()
          .stream()
          .map(NodeRecord::line)
          .filter(line -> node.map(line.node()::equals).orElse(true))
          .sorted(Comparator.comparing(Line::at).reversed())
          .toList();
    } catch (KubernetesClientException e) {
      throw new ClusterException("listing the record", e);
    }
  }

  private static Line line(Event event) {
    return new Line(
        Instant.parse(
            event.getLastTimestamp() == null
                ? event.getMetadata().getCreationTimestamp()
                : event.getLastTimestamp()),
        String.valueOf(event.getInvolvedObject().getName()),
        String.valueOf(event.getReason()),
        String.valueOf(event.getMessage()));
  }

  private Event event(Entry entry) {
    String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    return new EventBuilder()
        .withNewMetadata()
        .withName("pidcheck." + Names.digest(entry.id()))
        .withNamespace(NAMESPACE)
        .addToLabels(Names.MANAGED_BY, Names.PIDCHECK)
        .endMetadata()
        .withNewInvolvedObject()
        .withKind("Node")
        .withName(entry.node())
        .withUid(entry.node()) // as the kubelet does; kubectl describe node finds it by this
        .endInvolvedObject()
        .withType(entry.warning() ? "Warning" : "Normal")
        .withReason(entry.reason())
        .withAction(entry.reason())
        .withMessage(entry.text())
        .withReportingComponent(Names.PIDCHECK)
        .withReportingInstance(instance)
        .withNewSource()
        .withComponent(Names.PIDCHECK)
        .endSource()
        .withCount(1)
        .withFirstTimestamp(now)
        .withLastTimestamp(now)
        .build();
  }
}
