package io.pidcheck.bot.local.cluster.report;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records events; one that repeats becomes a higher count of the first, as client-go's correlator
 * does. Written later and in order, so that recording delays nobody; one that cannot be written is
 * dropped, as in a real cluster.
 */
public final class EventRecorder {
  private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
  private static final int REMEMBERED = 500;

  private final KubernetesClient client;
  private final Executor writer;
  private final Clock clock;
  private final String component;
  private final String host;
  private final AtomicLong sequence = new AtomicLong(System.nanoTime());
  private final Map<Sameness, String> recorded =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Sameness, String> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** Events that differ in nothing of this are one event. */
  private record Sameness(String uid, String fieldPath, String reason, String message) {}

  /**
   * Who records.
   *
   * @param component e.g. {@code kubelet}
   * @param host the node's name; empty for a controller
   */
  public record Source(String component, String host) {}

  /**
   * @param writer runs one task after the other
   */
  public EventRecorder(KubernetesClient client, Executor writer, Clock clock, Source source) {
    this.client = client;
    this.writer = writer;
    this.clock = clock;
    this.component = source.component();
    this.host = source.host();
  }

  public void normal(HasMetadata about, String reason, String message) {
    record(reference(about, ""), sentence("Normal", reason, message));
  }

  public void warning(HasMetadata about, String reason, String message) {
    record(reference(about, ""), sentence("Warning", reason, message));
  }

  /** About one container of a pod. */
  public void normal(HasMetadata pod, String container, String reason, String message) {
    record(reference(pod, fieldPath(container)), sentence("Normal", reason, message));
  }

  /** About one container of a pod. */
  public void warning(HasMetadata pod, String container, String reason, String message) {
    record(reference(pod, fieldPath(container)), sentence("Warning", reason, message));
  }

  private record Sentence(String type, String reason, String message, String time) {}

  private Sentence sentence(String type, String reason, String message) {
    return new Sentence(
        type, reason, message, clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
  }

  private void record(ObjectReference about, Sentence sentence) {
    writer.execute(() -> write(about, sentence));
  }

  private void write(ObjectReference about, Sentence sentence) {
    String fieldPath = Optional.ofNullable(about.getFieldPath()).orElse("");
    Sameness sameness =
        new Sameness(about.getUid(), fieldPath, sentence.reason(), sentence.message());
    Optional<String> earlier = Optional.ofNullable(recorded.get(sameness));
    try {
      if (earlier.isEmpty() || !countUp(about.getNamespace(), earlier.get(), sentence)) {
        recorded.put(sameness, create(about, sentence));
      }
    } catch (KubernetesClientException e) {
      LOG.debug("event not recorded: {}", e.getMessage());
    }
  }

  private String create(ObjectReference about, Sentence sentence) {
    Event event =
        new EventBuilder()
            .withNewMetadata()
            .withNamespace(about.getNamespace())
            .withName(about.getName() + "." + Long.toHexString(sequence.incrementAndGet()))
            .endMetadata()
            .withInvolvedObject(about)
            .withType(sentence.type())
            .withReason(sentence.reason())
            .withMessage(sentence.message())
            .withNewSource()
            .withComponent(component)
            .withHost(host)
            .endSource()
            .withReportingComponent(component)
            .withReportingInstance(host)
            .withFirstTimestamp(sentence.time())
            .withLastTimestamp(sentence.time())
            .withCount(1)
            .build();
    client.v1().events().inNamespace(about.getNamespace()).resource(event).create();
    return event.getMetadata().getName();
  }

  private boolean countUp(String namespace, String name, Sentence sentence) {
    var resource = client.v1().events().inNamespace(namespace).withName(name);
    if (resource.get() == null) {
      return false;
    }
    resource.edit(
        event ->
            new EventBuilder(event)
                .withCount(event.getCount() + 1)
                .withLastTimestamp(sentence.time())
                .build());
    return true;
  }

  private static ObjectReference reference(HasMetadata about, String fieldPath) {
    return new ObjectReferenceBuilder()
        .withApiVersion(about.getApiVersion())
        .withKind(about.getKind())
        .withNamespace(Optional.ofNullable(about.getMetadata().getNamespace()).orElse("default"))
        .withName(about.getMetadata().getName())
        .withUid(about.getMetadata().getUid())
        .withFieldPath(fieldPath.isEmpty() ? null : fieldPath)
        .build();
  }

  private static String fieldPath(String container) {
    return "spec.containers{" + container + "}";
  }
}
