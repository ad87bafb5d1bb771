package io.pidcheck.bot.cluster;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The messages of incidents, and what a check or a remedy last wrote into each. An incident's
 * message has a headline that goes on changing above a diagnosis that changes at other times, by
 * the hand of any replica; so what is written into it is kept here, and one replica, the leader,
 * edits the message. Rights: configmaps list, watch, create, patch, delete in the bot's namespace.
 */
public final class HeldMessages implements AutoCloseable {

  private static final String MESSAGE = "incident-message";
  private static final String PREFIX = "pidcheck-message-";
  private static final String BODY = "body";
  private static final Map<String, String> OURS =
      Map.of(Names.MANAGED_BY, Names.PIDCHECK, Names.COMPONENT, MESSAGE);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * One message.
   *
   * @param incident whose it is
   * @param body what is below the headline, as the writer wrote it down; empty at first
   */
  public record Held(String incident, String channel, String ts, String body) {

    private boolean at(String otherChannel, String otherTs) {
      return channel.equals(otherChannel) && ts.equals(otherTs);
    }
  }

  private final KubernetesClient client;
  private final String namespace;
  private final SharedIndexInformer<ConfigMap> informer;
  private final Map<String, Held> held = new ConcurrentHashMap<>();

  public HeldMessages(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
    this.informer =
        client
            .configMaps()
            .inNamespace(namespace)
            .withLabels(OURS)
            .runnableInformer(0)
            .exceptionHandler((started, error) -> true); // keep trying: the API server comes back
  }

  /**
   * Begins to follow; answers at once.
   *
   * @param changed told the incident whose message has a new body
   */
  public void start(Consumer<String> changed) {
    informer.addEventHandler(new Changes(held, changed));
    informer.start();
  }

  /** What there was before this replica began is known. */
  public boolean synced() {
    return informer.hasSynced();
  }

  /**
   * From now on that message is this incident's.
   *
   * @throws ClusterException when the API server cannot be asked
   */
  public void begin(String incident, String channel, String ts) {
    ConfigMap created =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName(PREFIX + incident)
            .withLabels(OURS)
            .endMetadata()
            .withData(Map.of("incident", incident, "channel", channel, "ts", ts, BODY, ""))
            .build();
    try {
      client.configMaps().inNamespace(namespace).resource(created).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw new ClusterException("noting the message of " + incident, e);
      }
    }
    held.putIfAbsent(incident, new Held(incident, channel, ts, ""));
  }

  /**
   * Keeps what is to stand in that message, if it is an incident's.
   *
   * @return false for a message that belongs to no incident
   * @throws ClusterException when the API server cannot be asked
   */
  public boolean keep(String channel, String ts, String body) {
    Optional<Held> found =
        held.values().stream().filter(message -> message.at(channel, ts)).findFirst();
    if (found.isEmpty()) {
      return false;
    }
    ObjectNode patch = JSON.createObjectNode();
    patch.putObject("data").put(BODY, body);
    try {
      client
          .configMaps()
          .inNamespace(namespace)
          .withName(PREFIX + found.get().incident())
          .patch(PatchContext.of(PatchType.JSON_MERGE), patch.toString());
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
        return false;
      }
      throw new ClusterException("keeping the body of " + found.get().incident(), e);
    }
  }

  /** What was last written into that incident's message; empty for none yet. */
  public String body(String incident) {
    Held message = held.get(incident);
    return message == null ? "" : message.body();
  }

  /**
   * The incident is history: its message is like any other now.
   *
   * @throws ClusterException when the API server cannot be asked
   */
  public void end(String incident) {
    try {
      client.configMaps().inNamespace(namespace).withName(PREFIX + incident).delete();
      held.remove(incident);
    } catch (KubernetesClientException e) {
      throw new ClusterException("forgetting the message of " + incident, e);
    }
  }

  @Override
  public void close() {
    informer.stop();
  }

  private record Changes(Map<String, Held> held, Consumer<String> changed)
      implements ResourceEventHandler<ConfigMap> {

    @Override
    public void onAdd(ConfigMap map) {
      take(map);
    }

    @Override
    public void onUpdate(ConfigMap before, ConfigMap now) {
      take(now);
    }

    @Override
    public void onDelete(ConfigMap map, boolean stateUnknown) {
      held.remove(read(map).incident());
    }

    private void take(ConfigMap map) {
      Held message = read(map);
      held.put(message.incident(), message);
      changed.accept(message.incident());
    }

    private static Held read(ConfigMap map) {
      Map<String, String> data = Objects.requireNonNullElse(map.getData(), Map.of());
      return new Held(
          data.getOrDefault("incident", ""),
          data.getOrDefault("channel", ""),
          data.getOrDefault("ts", ""),
          data.getOrDefault(BODY, ""));
    }
  }
}
