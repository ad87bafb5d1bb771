package io.pidcheck.bot.evidence;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.pidcheck.bot.cluster.CheckJob;
import io.pidcheck.bot.cluster.CheckJob.State;
import io.pidcheck.bot.cluster.ClusterException;
import io.pidcheck.bot.cluster.NodeState;
import io.pidcheck.bot.cluster.Nodes;
import io.pidcheck.bot.evidence.ProbeOutcome.Reason;
import io.pidcheck.bot.evidence.ProbeOutcome.Source;
import io.pidcheck.bot.evidence.ProbeOutcome.Stage;
import io.pidcheck.bot.evidence.ProbeProgress.Ended;
import io.pidcheck.bot.evidence.ProbeProgress.Underway;
import io.pidcheck.bot.evidence.ReportReader.NotAReport;
import io.pidcheck.probe.report.NodeReport;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells how a check stands, from its Job, pod, events and log. Rights: pods list, pods/log get and
 * events list in the bot's namespace; nodes get.
 */
public final class ProbeReader implements Probes {

  private static final Logger LOG = LoggerFactory.getLogger(ProbeReader.class);

  private static final int LOG_BYTES = 4 << 20;
  private static final int EXCERPT = 300;
  // The Job controller ends a Job at its deadline; where it does not, the answer does not wait.
  private static final Duration GRACE = Duration.ofSeconds(15);
  private static final Duration CLOCK_SKEW = Duration.ofSeconds(2);
  // 128 + signal(7)
  private static final int SIGTERMED = 143;
  private static final int SIGKILLED = 137;

  private final KubernetesClient client;
  private final String namespace;
  private final Nodes nodes;
  private final Duration deadline;
  private final Clock clock;

  public ProbeReader(KubernetesClient client, String namespace, Duration deadline, Clock clock) {
    this.client = client;
    this.namespace = namespace;
    this.nodes = new Nodes(client);
    this.deadline = deadline;
    this.clock = clock;
  }

  @Override
  public ProbeProgress read(CheckJob job) {
    if (job.state() instanceof State.Deleted) {
      return new Ended(new ProbeOutcome.JobDeleted());
    }
    try {
      Optional<PodSight> pod = PodSight.newest(pods(job));
      return pod.flatMap(seen -> ended(job, seen))
          .or(() -> endedWithoutPod(job, pod))
          .<ProbeProgress>map(Ended::new)
          .orElseGet(() -> underway(job, pod));
    } catch (KubernetesClientException e) {
      throw new ClusterException("looking at the probe of " + job.name(), e);
    }
  }

  private Optional<ProbeOutcome> ended(CheckJob job, PodSight pod) {
    Optional<ContainerStateTerminated> terminated = pod.terminated();
    if (terminated.isPresent()) {
      return Optional.of(afterRun(job, pod, terminated.get()));
    }
    if (pod.imageHopeless()) {
      return Optional.of(new ProbeOutcome.NotStarted(Reason.IMAGE_MISSING, pod.waitingWords()));
    }
    if (pod.refusedForItsDeadline()) {
      return Optional.of(overdue(job, Optional.of(pod)));
    }
    return pod.refusal().map(words -> new ProbeOutcome.NotStarted(Reason.NOT_ADMITTED, words));
  }

  private ProbeOutcome afterRun(CheckJob job, PodSight pod, ContainerStateTerminated ended) {
    String lastWords = PodSight.text(ended.getMessage());
    if (pod.startFailed(ended)) {
      return new ProbeOutcome.NotStarted(Reason.CANNOT_START, lastWords);
    }
    if (endedByDeadline(job, pod, ended)) {
      return new ProbeOutcome.TimedOut(Stage.RUNNING, "");
    }
    if (ended.getExitCode() != 0) {
      String reason = PodSight.text(ended.getReason());
      return new ProbeOutcome.Failed(
          ended.getExitCode(), lastWords.isEmpty() ? reason : reason + ": " + lastWords);
    }
    return report(job, pod, lastWords);
  }

  /** The Job controller deletes the pod at the deadline: SIGTERM, then SIGKILL. */
  private boolean endedByDeadline(CheckJob job, PodSight pod, ContainerStateTerminated ended) {
    boolean bySignal = ended.getExitCode() == SIGTERMED || ended.getExitCode() == SIGKILLED;
    return bySignal
        && pod.beingDeleted()
        && !clock.instant().isBefore(job.createdAt().plus(deadline).minus(CLOCK_SKEW));
  }

  private ProbeOutcome report(CheckJob job, PodSight pod, String terminationMessage) {
    String log = "";
    String why;
    try {
      log = log(pod);
      return new ProbeOutcome.Reported(ReportReader.read(log, job.node()), Source.LOG);
    } catch (NotAReport e) {
      why = "log: " + e.why();
    } catch (KubernetesClientException e) {
      why = new ClusterException("log", e).getMessage();
    }
    try {
      NodeReport summary = ReportReader.read(terminationMessage, job.node());
      LOG.atWarn().addKeyValue("job", job.name()).log("the log cannot be had: {}", why);
      return new ProbeOutcome.Reported(summary, Source.TERMINATION_MESSAGE);
    } catch (NotAReport e) {
      String excerpt = log.isBlank() ? terminationMessage : log;
      return new ProbeOutcome.Unreadable(
          why + "; termination message: " + e.why(),
          excerpt.substring(0, Math.min(EXCERPT, excerpt.length())));
    }
  }

  private Optional<ProbeOutcome> endedWithoutPod(CheckJob job, Optional<PodSight> pod) {
    return switch (job.state()) {
      case State.Succeeded() ->
          Optional.of(new ProbeOutcome.Unreadable("its pod is gone, and the log with it", ""));
      case State.Failed(String reason, String message) ->
          Optional.of(
              reason.equals("DeadlineExceeded")
                  ? overdue(job, pod)
                  : new ProbeOutcome.Unreadable("its pod is gone; the Job says " + message, ""));
      case State.Active() -> activeButOver(job, pod);
      case State.Deleted() -> Optional.of(new ProbeOutcome.JobDeleted());
    };
  }

  private Optional<ProbeOutcome> activeButOver(CheckJob job, Optional<PodSight> pod) {
    boolean running = pod.map(PodSight::running).orElse(false);
    if (!running && nodes.find(job.node()).isEmpty()) {
      return Optional.of(new ProbeOutcome.NodeGone());
    }
    boolean overdue = clock.instant().isAfter(job.createdAt().plus(deadline).plus(GRACE));
    return overdue ? Optional.of(overdue(job, pod)) : Optional.empty();
  }

  /** Why it did not come in time, as far as the cluster tells. */
  private ProbeOutcome overdue(CheckJob job, Optional<PodSight> pod) {
    Optional<NodeState> node = nodes.find(job.node());
    if (node.isEmpty()) {
      return new ProbeOutcome.NodeGone();
    }
    JobEvents events = events(job);
    String words = words(pod, events);
    Optional<Reason> reason = pod.flatMap(PodSight::waitingReason).or(events::reason);
    if (reason.isPresent()) {
      return new ProbeOutcome.NotStarted(reason.get(), words);
    }
    if (!node.get().ready()) {
      return new ProbeOutcome.NotStarted(Reason.NODE_SILENT, node.get().readyMessage());
    }
    return new ProbeOutcome.TimedOut(events.reached(pod.isPresent()), words);
  }

  private ProbeProgress underway(CheckJob job, Optional<PodSight> pod) {
    Stage stage = stage(pod);
    if (stage == Stage.RUNNING) {
      return new Underway(stage, "");
    }
    return new Underway(stage, words(pod, events(job)));
  }

  private static String words(Optional<PodSight> pod, JobEvents events) {
    return pod.map(PodSight::waitingWords)
        .filter(waiting -> !waiting.isEmpty())
        .or(events::lastWords)
        .orElse("");
  }

  private static Stage stage(Optional<PodSight> pod) {
    if (pod.isEmpty()) {
      return Stage.JOB_CREATED;
    }
    return pod.get().running() ? Stage.RUNNING : Stage.POD_STARTING;
  }

  private List<Pod> pods(CheckJob job) {
    return client.pods().inNamespace(namespace).withLabel("job-name", job.name()).list().getItems();
  }

  private String log(PodSight pod) {
    return client.pods().inNamespace(namespace).withName(pod.name()).limitBytes(LOG_BYTES).getLog();
  }

  /**
   * What was said of the check's own Job and pods, which may be gone by now: where the probe could
   * not start, this is what the node said of it.
   *
   * @throws ClusterException when the API server cannot be asked
   */
  @Override
  public List<EventSeen> said(CheckJob job) {
    try {
      return Stream.concat(
              firstTry(job).stream(), events(job).events().stream().map(SeenObjects::event))
          .toList();
    } catch (KubernetesClientException e) {
      throw new ClusterException("reading the events of " + job.name(), e);
    }
  }

  /** What a first probe said that could not start is as good as an event of it. */
  private Optional<EventSeen> firstTry(CheckJob job) {
    Optional<Instant> at = Optional.of(job.createdAt());
    return job.firstTry()
        .map(
            words ->
                new EventSeen(
                    "Warning",
                    "ProbeDied",
                    words,
                    1,
                    at,
                    at,
                    new EventSeen.Target("Job", namespace, job.name())));
  }

  private JobEvents events(CheckJob job) {
    return JobEvents.of(job, client.v1().events().inNamespace(namespace).list().getItems());
  }
}
