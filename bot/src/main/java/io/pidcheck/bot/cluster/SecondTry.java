package io.pidcheck.bot.cluster;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.pidcheck.bot.cluster.JobManifest.Target;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tries a check once more whose probe died as it was starting, or did not get so far: on a node
 * that is nearly full others took the last PIDs, and a second later they may be free again. Rights:
 * jobs create, get, update in the bot's namespace; see also {@link NodeRoom}.
 */
public final class SecondTry {

  // an annotation is for the message and the diagnosis, both of which read a beginning
  private static final int WORDS = 1_000;

  private final KubernetesClient client;
  private final String namespace;
  private final ProbePod probe;
  private final Clock clock;

  public SecondTry(KubernetesClient client, String namespace, ProbePod probe, Clock clock) {
    this.client = client;
    this.namespace = namespace;
    this.probe = probe;
    this.clock = clock;
  }

  /**
   * Makes the second Job, which everybody who waits for the first one then waits for. May be done
   * again: it is made once.
   *
   * @param words the first one's last; foreign text
   * @return false where the API server does not take it, the first one was the second already, or
   *     the kubelet had time enough to try by itself again and again
   * @throws ClusterException when the API server cannot be asked
   */
  public boolean of(CheckJob first, String words) {
    boolean late = clock.instant().isAfter(first.createdAt().plus(probe.deadline().dividedBy(2)));
    if (late || first.firstTry().isPresent() || first.answers().isEmpty()) {
      return false;
    }
    try {
      Target target = new Target(first.node(), NodeRoom.on(first.node(), probe, client));
      String name = Names.secondTry(first.name());
      Job job = JobManifest.check(name, target, probe, AnswersJson.write(first.answers()));
      client.batch().v1().jobs().inNamespace(namespace).resource(after(first, words, job)).create();
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        return join(first);
      }
      if (Refusals.considered(e)) {
        return false;
      }
      throw new ClusterException("trying " + first.name() + " once more", e);
    }
  }

  /** It remembers what the first one said, and why that was not the standby probe. */
  private static Job after(CheckJob first, String words, Job job) {
    Job second =
        new JobBuilder(job)
            .editMetadata()
            .addToAnnotations(Names.FIRST_TRY, words.substring(0, Math.min(words.length(), WORDS)))
            .endMetadata()
            .build();
    return switch (first.means()) {
      case Means.Pod(var instead) ->
          instead.map(why -> Standbys.instead(second, why)).orElse(second);
      case Means.Standby order -> second;
    };
  }

  /** It is there; who joined the first one since is taken along. */
  private boolean join(CheckJob first) {
    try {
      var jobs = client.batch().v1().jobs().inNamespace(namespace);
      Job there = jobs.withName(Names.secondTry(first.name())).get();
      if (there == null) {
        return false;
      }
      List<AnswerTo> waiting = JobState.of(there).answers();
      List<AnswerTo> all =
          Stream.concat(waiting.stream(), first.answers().stream()).distinct().toList();
      if (!all.equals(waiting)) {
        jobs.resource(
                new JobBuilder(there)
                    .editMetadata()
                    .addToAnnotations(Names.ANSWERS, AnswersJson.write(all))
                    .endMetadata()
                    .build())
            .update();
      }
      return true;
    } catch (KubernetesClientException e) {
      throw new ClusterException("joining the second try of " + first.name(), e);
    }
  }
}
