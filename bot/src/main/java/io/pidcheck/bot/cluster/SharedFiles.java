package io.pidcheck.bot.cluster;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which files were uploaded for an answer, and whether they were shared: kept at the check's Job,
 * written before the files are shared and again after. So a bot that is killed between shares the
 * same files, and Slack knows a file that is shared already. Rights: jobs get, update.
 */
public final class SharedFiles {

  private static final int ATTEMPTS = 5;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * What is known of one answer's files.
   *
   * @param ids Slack file ids
   * @param shared people see them
   */
  public record Files(List<String> ids, boolean shared) {
    public Files {
      ids = List.copyOf(ids);
    }
  }

  private final KubernetesClient client;
  private final String namespace;

  public SharedFiles(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /**
   * Looks at the Job as it is now, not as it was told of.
   *
   * @throws ClusterException when the API server cannot be asked
   */
  public Optional<Files> of(CheckJob job, AnswerTo answer) {
    try {
      return Optional.ofNullable(get(job)).flatMap(now -> read(now, answer));
    } catch (KubernetesClientException e) {
      throw new ClusterException("reading the files of " + job.name(), e);
    }
  }

  /**
   * Notes what is about to be shared.
   *
   * @return what is to be shared: another replica may have been quicker; empty where the Job is
   *     gone
   * @throws ClusterException when the API server cannot be asked
   */
  public Optional<Files> uploaded(CheckJob job, AnswerTo answer, List<String> ids) {
    return write(job, answer, before -> before.orElseGet(() -> new Files(ids, false)));
  }

  /**
   * Notes that they are shared.
   *
   * @throws ClusterException when the API server cannot be asked
   */
  public void shared(CheckJob job, AnswerTo answer, Files files) {
    write(job, answer, before -> new Files(files.ids(), true));
  }

  /** From what is noted to what shall be. */
  private interface Change {
    Files of(Optional<Files> before);
  }

  private Optional<Files> write(CheckJob job, AnswerTo answer, Change change) {
    for (int attempt = 1; ; attempt++) {
      try {
        Job now = get(job);
        if (now == null) {
          return Optional.empty();
        }
        Files files = change.of(read(now, answer));
        client
            .batch()
            .v1()
            .jobs()
            .inNamespace(namespace)
            .resource(with(now, answer, files))
            .update();
        return Optional.of(files);
      } catch (KubernetesClientException e) {
        if (e.getCode() != HttpURLConnection.HTTP_CONFLICT || attempt >= ATTEMPTS) {
          throw new ClusterException("noting the files of " + job.name(), e);
        }
      }
    }
  }

  private @Nullable Job get(CheckJob job) {
    return client.batch().v1().jobs().inNamespace(namespace).withName(job.name()).get();
  }

  private static Job with(Job job, AnswerTo answer, Files files) {
    ObjectNode all = tree(job);
    ObjectNode one = all.putObject(key(answer));
    ArrayNode ids = one.putArray("ids");
    files.ids().forEach(ids::add);
    one.put("shared", files.shared());
    return new JobBuilder(job)
        .editMetadata()
        .addToAnnotations(Names.FILES, all.toString())
        .endMetadata()
        .build();
  }

  private static Optional<Files> read(Job job, AnswerTo answer) {
    JsonNode one = tree(job).path(key(answer));
    if (!one.isObject()) {
      return Optional.empty();
    }
    List<String> ids = new ArrayList<>();
    one.path("ids").forEach(id -> ids.add(id.asString("")));
    return Optional.of(new Files(ids, one.path("shared").asBoolean(false)));
  }

  /** What somebody broke by hand is as if it were not there. */
  private static ObjectNode tree(Job job) {
    Map<String, String> annotations = job.getMetadata().getAnnotations();
    String json = annotations == null ? "{}" : annotations.getOrDefault(Names.FILES, "{}");
    try {
      return JSON.readTree(json) instanceof ObjectNode object ? object : JSON.createObjectNode();
    } catch (JacksonException e) {
      return JSON.createObjectNode();
    }
  }

  private static String key(AnswerTo answer) {
    return answer.channel() + "/" + answer.ts();
  }
}
