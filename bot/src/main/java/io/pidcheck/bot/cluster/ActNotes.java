package io.pidcheck.bot.cluster;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.pidcheck.bot.act.ActJson;
import io.pidcheck.bot.act.Story;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Acts whose last word is not told yet, beside their Jobs. A Job can be deleted while no bot runs,
 * by a person or by its TTL; without a note nobody would know which message still says that it is
 * being executed. Rights: configmaps list, create, get, patch, delete in the bot's namespace.
 */
public final class ActNotes {

  private static final Logger LOG = LoggerFactory.getLogger(ActNotes.class);
  private static final String NOTE = "act-note";
  private static final String PREFIX = "pidcheck-act-";
  private static final Map<String, String> OURS =
      Map.of(Names.MANAGED_BY, Names.PIDCHECK, Names.COMPONENT, NOTE);
  private static final int MOST = 10_000;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final KubernetesClient client;
  private final String namespace;
  // only to save calls: what it forgets is written once more
  private final Cache<String, Story> kept = Caffeine.newBuilder().maximumSize(MOST).build();

  public ActNotes(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /**
   * Notes an act, or how far it is by now. To be done before it is told; that it cannot be noted is
   * no reason not to tell it.
   */
  public void keep(RemedyJob job) {
    if (job.story().equals(kept.getIfPresent(job.name()))) {
      return;
    }
    try {
      write(job);
      kept.put(job.name(), job.story());
    } catch (KubernetesClientException e) {
      LOG.atWarn().addKeyValue("job", job.name()).log("not noted: {}", e.getMessage());
    }
  }

  private void write(RemedyJob job) {
    try {
      client.configMaps().inNamespace(namespace).resource(note(job)).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
      update(job);
    }
  }

  private void update(RemedyJob job) {
    ObjectNode patch = JSON.createObjectNode();
    patch
        .putObject("metadata")
        .putObject("annotations")
        .put(RemedyNames.STORY, ActJson.write(job.story()));
    client
        .configMaps()
        .inNamespace(namespace)
        .withName(PREFIX + job.name())
        .patch(PatchContext.of(PatchType.JSON_MERGE), patch.toString());
  }

  /**
   * Acts that are noted here and have no Job any more.
   *
   * @param present the names of the Jobs that are there
   * @throws ClusterException when the API server cannot be asked
   */
  public List<RemedyJob> lost(Set<String> present) {
    try {
      return client.configMaps().inNamespace(namespace).withLabels(OURS).list().getItems().stream()
          .filter(note -> !present.contains(job(note)))
          .filter(note -> !exists(job(note))) // those present may have been read a moment ago
          .flatMap(note -> read(note).stream())
          .toList();
    } catch (KubernetesClientException e) {
      throw new ClusterException("reading the notes of acts", e);
    }
  }

  /** Its last word is told. Where that cannot be noted, it is told once more one day. */
  public void forget(RemedyJob job) {
    try {
      client.configMaps().inNamespace(namespace).withName(PREFIX + job.name()).delete();
      kept.invalidate(job.name());
    } catch (KubernetesClientException e) {
      LOG.atWarn().addKeyValue("job", job.name()).log("still noted: {}", e.getMessage());
    }
  }

  private boolean exists(String job) {
    return client.batch().v1().jobs().inNamespace(namespace).withName(job).get() != null;
  }

  private static String job(ConfigMap note) {
    return note.getMetadata().getName().substring(PREFIX.length());
  }

  private static ConfigMap note(RemedyJob job) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(PREFIX + job.name())
        .withLabels(OURS)
        .withAnnotations(RemedyState.annotations(job.remedy(), job.request(), job.story()))
        .endMetadata()
        .build();
  }

  /** As its Job would be read. */
  private static Optional<RemedyJob> read(ConfigMap note) {
    ObjectMeta noted = note.getMetadata();
    return RemedyState.of(
            new JobBuilder()
                .withNewMetadata()
                .withName(job(note))
                .withAnnotations(noted.getAnnotations())
                .withCreationTimestamp(noted.getCreationTimestamp())
                .withResourceVersion(noted.getResourceVersion())
                .endMetadata()
                .build())
        .map(RemedyJob::deleted);
  }
}
