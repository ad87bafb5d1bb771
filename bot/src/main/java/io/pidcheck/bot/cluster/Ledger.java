package io.pidcheck.bot.cluster;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.pidcheck.probe.report.ShortKey;
import java.net.HttpURLConnection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the watch remembers, in the cluster: one short text per key, spread over ConfigMaps so that
 * each stays far below the 1 MiB that the API server takes (16 of them: some 300 nodes each of a
 * cluster of 5,000). Only the leader writes; whoever writes must have seen what is there, so that a
 * leader that does not know of its successor cannot overwrite it. Rights: configmaps get, list,
 * create, patch in the bot's namespace.
 */
public final class Ledger {

  private static final int PAGES = 16;
  private static final int KEY_LENGTH = 10;
  private static final String LEDGER = "ledger";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final KubernetesClient client;
  private final String namespace;
  // resourceVersion of each page as last read or written; none where the page does not exist
  private final Map<Integer, String> versions = new HashMap<>();

  public Ledger(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /**
   * Reads everything.
   *
   * @throws ClusterException when the API server cannot be asked
   */
  public synchronized Map<String, String> read() {
    try {
      Map<String, String> all = new TreeMap<>();
      versions.clear();
      for (ConfigMap page :
          client
              .configMaps()
              .inNamespace(namespace)
              .withLabels(Map.of(Names.MANAGED_BY, Names.PIDCHECK, Names.COMPONENT, LEDGER))
              .list()
              .getItems()) {
        numberOf(page.getMetadata().getName())
            .ifPresent(number -> versions.put(number, page.getMetadata().getResourceVersion()));
        all.putAll(Objects.requireNonNullElse(page.getData(), Map.of()));
      }
      return all;
    } catch (KubernetesClientException e) {
      throw new ClusterException("reading what the watch remembers", e);
    }
  }

  /**
   * Writes these keys, an empty value taking a key away; one request per page that they are on.
   *
   * @return false when another has written since {@link #read}: read again
   * @throws ClusterException when the API server cannot be asked; some pages may be written
   */
  public synchronized boolean write(Map<String, Optional<String>> changes) {
    Map<Integer, Map<String, Optional<String>>> byPage = new TreeMap<>();
    changes.forEach(
        (key, value) ->
            byPage.computeIfAbsent(page(key), page -> new LinkedHashMap<>()).put(key, value));
    try {
      byPage.forEach(this::writePage);
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT
          || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
        return false;
      }
      throw new ClusterException("writing what the watch remembers", e);
    }
  }

  private void writePage(int page, Map<String, Optional<String>> changes) {
    String version = versions.get(page);
    ConfigMap written =
        version == null
            ? client.configMaps().inNamespace(namespace).resource(newPage(page, changes)).create()
            : client
                .configMaps()
                .inNamespace(namespace)
                .withName(name(page))
                .patch(PatchContext.of(PatchType.JSON_MERGE), patch(version, changes));
    versions.put(page, written.getMetadata().getResourceVersion());
  }

  private static ConfigMap newPage(int page, Map<String, Optional<String>> changes) {
    Map<String, String> data = new TreeMap<>();
    changes.forEach((key, value) -> value.ifPresent(text -> data.put(key, text)));
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name(page))
        .withLabels(Map.of(Names.MANAGED_BY, Names.PIDCHECK, Names.COMPONENT, LEDGER))
        .endMetadata()
        .withData(data)
        .build();
  }

  // RFC 7386: null takes a member away; a resourceVersion in a patch must be the present one.
  private static String patch(String version, Map<String, Optional<String>> changes) {
    ObjectNode patch = JSON.createObjectNode();
    patch.putObject("metadata").put("resourceVersion", version);
    ObjectNode data = patch.putObject("data");
    changes.forEach(
        (key, value) ->
            value.ifPresentOrElse(text -> data.put(key, text), () -> data.putNull(key)));
    return patch.toString();
  }

  private static int page(String key) {
    return Math.floorMod(ShortKey.of(key, KEY_LENGTH).hashCode(), PAGES);
  }

  private static String name(int page) {
    return "pidcheck-ledger-" + page;
  }

  private static Optional<Integer> numberOf(String name) {
    try {
      return Optional.of(Integer.valueOf(name.substring(name.lastIndexOf('-') + 1)));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
