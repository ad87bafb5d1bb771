package io.pidcheck.bot.evidence;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Loggable;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.pidcheck.bot.cluster.Means;
import io.pidcheck.bot.cluster.kubelet.KubeletAddress;
import io.pidcheck.bot.cluster.kubelet.KubeletAnswer.NotTold;
import io.pidcheck.bot.cluster.kubelet.KubeletAnswer.Told;
import io.pidcheck.bot.cluster.kubelet.Kubelets;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what a standby probe says of an order: the lines of its log that carry the order's name.
 * All others, and what is no JSON, are not for us. Rights: pods/log get in the bot's namespace; for
 * what it leaves on the node nodes/log get.
 */
public final class StandbyReader {

  private static final int LOG_BYTES = 8 << 20;
  private static final int LAST_LINES = 20;
  private static final String NOT_THERE = "HTTP 404";
  // a log is there in 20 ms; the dying container runtime lets a kubelet wait for minutes
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  // the log's times are the node's, and the kubelet's "since" too; a Job's age is the API server's
  private static final Duration MARGIN = Duration.ofSeconds(15);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final Said NO_ANSWER =
      new Said.Unreadable("no answer in " + PATIENCE.toSeconds() + " s");

  /** How far it is. */
  sealed interface Said {

    /** Nothing that was for us. */
    record Nothing() implements Said {}

    record Begun() implements Said {}

    /** It had begun it and was ended; the next one, which started since, said no to it. */
    record Ended() implements Said {}

    /**
     * @param result its JSON
     */
    record Done(String result) implements Said {}

    /** It did nothing. */
    record Refused(String why) implements Said {}

    /** It could not, or not all of it. */
    record Failed(String why) implements Said {}

    /** Whatever it said cannot be read. */
    record Unreadable(String words) implements Said {}

    /** Its pod is not there any more. */
    record Gone(String words) implements Said {}
  }

  private final KubernetesClient client;
  private final String namespace;
  private final Kubelets kubelets;
  private final Clock clock;

  public StandbyReader(KubernetesClient client, String namespace, Kubelets kubelets, Clock clock) {
    this.client = client;
    this.kubelets = kubelets;
    this.namespace = namespace;
    this.clock = clock;
  }

  /**
   * What it has said of this order so far. The node's log comes first: what the container runtime
   * has to say is slow where it is short of PIDs, and nothing once it is dead.
   */
  Said said(Means.Standby order, Instant createdAt) {
    Optional<Said> onNode = order.nodeLog() ? onNode(order) : Optional.empty();
    boolean wait =
        onNode.isPresent()
            && (!(onNode.get() instanceof Said.Nothing)
                || !order.overdue(createdAt, clock.instant()));
    return wait ? onNode.orElseThrow() : inPod(order, createdAt);
  }

  private Said inPod(Means.Standby order, Instant createdAt) {
    Duration age = Duration.between(createdAt, clock.instant()).plus(MARGIN);
    return soon(() -> read(order, (int) age.toSeconds()), NO_ANSWER);
  }

  private static <T> T soon(Supplier<T> question, T otherwise) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> answer.complete(question.get()));
    try {
      return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return otherwise;
    } catch (ExecutionException e) {
      throw new IllegalStateException("reading a log", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return otherwise;
    }
  }

  private Said read(Means.Standby order, int seconds) {
    try {
      return in(pod(order).limitBytes(LOG_BYTES).sinceSeconds(seconds).getLog(), order.order());
    } catch (KubernetesClientException e) {
      String words = words(e);
      return e.getCode() == HttpURLConnection.HTTP_NOT_FOUND
          ? new Said.Gone(words)
          : new Said.Unreadable(words);
    }
  }

  /** Empty where the kubelet does not tell. */
  private Optional<Said> onNode(Means.Standby order) {
    try {
      Node node = client.nodes().withName(order.node()).get();
      if (node == null) {
        return Optional.of(new Said.Gone("the node left the cluster"));
      }
      String file = "pidcheck/" + order.order() + ".jsonl";
      return switch (kubelets.log(KubeletAddress.of(node), file)) {
        case Told<String>(String log) -> Optional.of(in(log, order.order()));
        case NotTold<String> none when none.detail().startsWith(NOT_THERE) ->
            Optional.of(new Said.Nothing());
        case NotTold<String> none -> Optional.empty();
      };
    } catch (KubernetesClientException e) {
      return Optional.empty();
    }
  }

  static Said in(String log, String order) {
    Said said = new Said.Nothing();
    for (String line : log.split("\n", -1)) {
      // most lines are reports to somebody else, and long
      Optional<JsonNode> json = line.contains(order) ? json(line) : Optional.empty();
      if (json.filter(one -> one.path("order").asString("").equals(order)).isPresent()) {
        said = said(json.get(), said);
      }
    }
    return said;
  }

  private static Said said(JsonNode line, Said before) {
    String why = line.path("why").asString("");
    return switch (line.path("said").asString("")) {
      case "begun" -> new Said.Begun();
      case "done" -> new Said.Done(line.path("result").toString());
      case "refused" -> before instanceof Said.Begun ? new Said.Ended() : new Said.Refused(why);
      case "failed" -> new Said.Failed(why);
      default -> before; // a newer one's word
    };
  }

  /** What the run before the present one, which was ended, had said of it. */
  Said forerunner(Means.Standby order) {
    return soon(() -> readForerunner(order), NO_ANSWER);
  }

  private Said readForerunner(Means.Standby order) {
    try {
      return in(pod(order).terminated().tailingLines(LAST_LINES).getLog(), order.order());
    } catch (KubernetesClientException e) {
      // kubelet: "previous terminated container ... not found"
      boolean none =
          e.getCode() == HttpURLConnection.HTTP_BAD_REQUEST
              || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND;
      return none ? new Said.Nothing() : new Said.Unreadable(words(e));
    }
  }

  /** What it says it lacks; empty where it says nothing of the kind. */
  String complaint(Means.Standby order) {
    String log = soon(() -> text(pod(order).tailingLines(LAST_LINES)), "");
    List<JsonNode> lines = log.lines().flatMap(line -> json(line).stream()).toList();
    return lines.isEmpty() ? "" : complaint(lines.getLast());
  }

  private static String text(Loggable log) {
    try {
      return log.getLog();
    } catch (KubernetesClientException e) {
      return ""; // there was no run before, or nobody answers
    }
  }

  private static String complaint(JsonNode last) {
    return last.path("said").asString("").equals("away") ? last.path("why").asString("") : "";
  }

  private static Optional<JsonNode> json(String line) {
    try {
      return Optional.of(JSON.readTree(line));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private PodResource pod(Means.Standby order) {
    return client.pods().inNamespace(namespace).withName(order.pod());
  }

  private static String words(KubernetesClientException e) {
    String status = e.getStatus() == null ? null : e.getStatus().getMessage();
    return PodSight.text(status == null ? e.getMessage() : status);
  }
}
