package io.pidcheck.bot.cluster;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Follows the Warning events of all nodes, passing each on and keeping nothing of it but its name.
 * Right: events list, watch.
 */
public final class WarningEvents implements AutoCloseable {

  private static final long PAGE = 500;

  /**
   * What a node's kubelet warned of.
   *
   * @param at when it happened last
   * @param message foreign text
   */
  public record Warning(String node, Instant at, String message) {}

  private final SharedIndexInformer<Event> informer;

  public WarningEvents(KubernetesClient client) {
    informer =
        client
            .v1()
            .events()
            .inAnyNamespace()
            .withField("type", "Warning")
            .withLimit(PAGE)
            .runnableInformer(0)
            .removeNamespaceIndex()
            .itemStore(new NamesOnly())
            .exceptionHandler((started, error) -> true); // keep trying: the API server comes back
  }

  /** Begins to follow; answers at once, also while the API server is away. */
  public void start(Consumer<Warning> told) {
    informer.addEventHandler(new Told(told));
    informer.start();
  }

  @Override
  public void close() {
    informer.stop();
  }

  private static final class NamesOnly extends BasicItemStore<Event> {

    NamesOnly() {
      super(event -> event.getMetadata().getNamespace() + "/" + event.getMetadata().getName());
    }

    @Override
    @SuppressWarnings("NullAway") // fabric8's store answers null where there was nothing before
    public Event put(String key, Event event) {
      Event kept = new Event();
      ObjectMeta meta = new ObjectMeta();
      meta.setName(event.getMetadata().getName());
      meta.setNamespace(event.getMetadata().getNamespace());
      meta.setResourceVersion(event.getMetadata().getResourceVersion());
      kept.setMetadata(meta);
      return super.put(key, kept);
    }
  }

  private record Told(Consumer<Warning> told) implements ResourceEventHandler<Event> {

    @Override
    public void onAdd(Event event) {
      pass(event);
    }

    @Override
    public void onUpdate(Event before, Event now) {
      pass(now);
    }

    @Override
    public void onDelete(Event event, boolean stateUnknown) {
      // an event that is forgotten, an hour later, says nothing
    }

    private void pass(Event event) {
      String node = node(event);
      if (!node.isEmpty() && event.getMessage() != null) {
        told.accept(new Warning(node, at(event), event.getMessage()));
      }
    }

    // Kubernetes: a kubelet's events name its node as their source's host.
    private static String node(Event event) {
      if (event.getInvolvedObject() != null
          && "Node".equals(event.getInvolvedObject().getKind())
          && event.getInvolvedObject().getName() != null) {
        return event.getInvolvedObject().getName();
      }
      String host = event.getSource() == null ? null : event.getSource().getHost();
      return host == null ? "" : host;
    }

    private static Instant at(Event event) {
      return Stream.of(
              Optional.ofNullable(event.getLastTimestamp()),
              Optional.ofNullable(event.getEventTime()).map(time -> time.getTime()),
              Optional.ofNullable(event.getMetadata().getCreationTimestamp()))
          .flatMap(Optional::stream)
          .findFirst()
          .flatMap(Told::instant)
          .orElse(Instant.EPOCH);
    }

    private static Optional<Instant> instant(String text) {
      try {
        return Optional.of(Instant.parse(text));
      } catch (DateTimeParseException e) {
        return Optional.empty();
      }
    }
  }
}
