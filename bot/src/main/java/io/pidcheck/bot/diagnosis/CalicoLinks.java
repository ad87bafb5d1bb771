package io.pidcheck.bot.diagnosis;

import io.pidcheck.bot.diagnosis.Link.Step;
import io.pidcheck.bot.diagnosis.Link.Wording;
import io.pidcheck.bot.diagnosis.ProbeWords.Probe;
import io.pidcheck.bot.diagnosis.ProbeWords.Verb;
import io.pidcheck.bot.diagnosis.Signal.Hint;
import io.pidcheck.bot.diagnosis.Signal.Weak;
import io.pidcheck.bot.diagnosis.Standing.Contradicted;
import io.pidcheck.bot.diagnosis.Standing.Counted;
import io.pidcheck.bot.diagnosis.Standing.Inferred;
import io.pidcheck.bot.diagnosis.Standing.Objection;
import io.pidcheck.bot.diagnosis.Standing.Observed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a refused fork did to calico-node: its probes, its restart, its routes. */
final class CalicoLinks {

  private final Quotes quotes;
  private final CalicoSight calico;
  private final List<Link> links = new ArrayList<>();

  private CalicoLinks(Quotes quotes, CalicoSight calico) {
    this.quotes = quotes;
    this.calico = calico;
  }

  static List<Link> of(Quotes quotes, CalicoSight calico) {
    CalicoLinks links = new CalicoLinks(quotes, calico);
    links.probes();
    links.restart();
    links.aftermath();
    return links.links;
  }

  private void probes() {
    List<Quote> notStarted =
        quotes.ofCalico(quote -> quote.probe().isPresent() && runtimeSpeaks(quote));
    List<Quote> cannotFork =
        quotes.ofCalico(
            quote -> quote.probe().isPresent() && quote.signal().strong() && !runtimeSpeaks(quote));
    if (times(cannotFork) > times(notStarted)) { // with few PIDs left both happen
      add(Step.PROBE_NOT_RUN, Wording.PROBE_CANNOT_FORK, new Observed(cannotFork));
    } else if (!notStarted.isEmpty()) {
      add(Step.PROBE_NOT_RUN, Wording.EXEC_NOT_STARTED, new Observed(notStarted));
    } else if (calico.probesNeedNoProcess()) {
      add(
          Step.PROBE_NOT_RUN,
          Wording.PROBE_IS_HTTP,
          new Contradicted(Objection.PROBE_NEEDS_NO_PROCESS, List.of()));
    } else if (!calico.readyNow()) {
      add(Step.PROBE_NOT_RUN, Wording.EXEC_NOT_STARTED, new Inferred());
    }
    probeResults();
  }

  private static long times(List<Quote> events) {
    return events.stream().mapToLong(quote -> quote.event().count()).sum();
  }

  private static boolean runtimeSpeaks(Quote quote) {
    String text = quote.event().message().toLowerCase(Locale.ROOT);
    return text.contains("exec failed")
        || text.contains("failed to exec")
        || text.contains("setns process")
        || text.contains("read init-p");
  }

  private void probeResults() {
    List<Quote> failed = quotes.ofCalico(quote -> says(quote, Verb.FAILED));
    List<Quote> errored = quotes.ofCalico(quote -> says(quote, Verb.ERRORED));
    if (failed.isEmpty() && errored.isEmpty()) {
      return;
    }
    List<Quote> both = new ArrayList<>(failed);
    both.addAll(errored);
    Wording wording = Wording.PROBES_FAILED_AND_ERRORED;
    if (errored.isEmpty()) {
      wording = Wording.PROBES_FAILED;
    } else if (failed.isEmpty()) {
      wording = Wording.PROBES_ERRORED;
    }
    add(Step.PROBES_FAIL, wording, new Observed(both));
  }

  private static boolean says(Quote quote, Verb verb) {
    return quote.probe().map(probe -> probe.verb() == verb).orElse(false);
  }

  private void restart() {
    List<Quote> announced =
        quotes.ofCalico(quote -> ProbeWords.announcesRestart(quote.event().message()));
    boolean ours = calico.restart().reason() == Restart.Reason.PID_EXHAUSTION;
    if (!announced.isEmpty()) {
      add(Step.THRESHOLD, Wording.LIVENESS_FAILED_TOO_OFTEN, new Observed(announced));
    } else {
      threshold();
    }
    if (announced.isEmpty() && ours && calico.restart().last().isPresent()) {
      add(Step.THRESHOLD, Wording.ITS_PROCESS_ENDED, new Inferred());
    }
    restarted().ifPresent(standing -> add(Step.RESTARTED, Wording.KUBELET_RESTARTED_IT, standing));
  }

  private Optional<Standing> restarted() {
    Restart restart = calico.restart();
    List<Quote> started = quotes.ofCalico(quote -> quote.event().reason().equals("Started"));
    boolean again = started.stream().anyMatch(quote -> quote.event().count() > 1);
    return switch (restart.reason()) {
      case PID_EXHAUSTION -> {
        boolean counted = again || restart.count() > 0;
        Standing standing = again ? new Observed(started) : new Counted(restart.count());
        yield counted ? Optional.of(standing) : Optional.empty();
      }
      case POSSIBLY_PIDS -> Optional.of(new Inferred());
      case EARLIER -> Optional.of(new Contradicted(Objection.RESTARTED_EARLIER, List.of()));
      case NOT_SEEN -> Optional.empty();
      case NONE ->
          calico.seen()
              ? Optional.of(new Contradicted(Objection.NOT_RESTARTED, List.of()))
              : Optional.empty();
      case OOM_KILLED, IMAGE_PULL, NODE_REBOOT, ROLLOUT, EVICTED, HTTP_PROBE -> another(restart);
      case PROBE_TIMED_OUT, LIVENESS_FAILED, CRASHED, STOPPED, UNKNOWN -> another(restart);
    };
  }

  private static Optional<Standing> another(Restart restart) {
    return Optional.of(new Contradicted(Objection.RESTARTED_FOR_ANOTHER_REASON, restart.events()));
  }

  /**
   * Without the kubelet's word: errored probes do not count with CRI runtimes, HTTP needs no fork.
   */
  private void threshold() {
    boolean failed =
        quotes.anyOfCalico(
            quote ->
                quote.probe().map(probe -> probe.is(Probe.LIVENESS, Verb.FAILED)).orElse(false));
    List<Quote> errored = quotes.ofCalico(quote -> says(quote, Verb.ERRORED));
    if (!failed && !errored.isEmpty() && calico.throwsErroredAway()) {
      add(
          Step.THRESHOLD,
          Wording.LIVENESS_FAILED_TOO_OFTEN,
          new Contradicted(Objection.ERRORED_IS_NOT_COUNTED, errored));
    } else if (!failed && calico.livenessNeedsNoProcess()) {
      add(
          Step.THRESHOLD,
          Wording.LIVENESS_FAILED_TOO_OFTEN,
          new Contradicted(Objection.PROBE_NEEDS_NO_PROCESS, List.of()));
    }
  }

  private void aftermath() {
    List<Quote> bird =
        quotes.ofCalico(quote -> quote.signal().equals(new Weak(Hint.BIRD_SOCKET_REFUSED)));
    boolean restarted = calico.restart().reason() == Restart.Reason.PID_EXHAUSTION;
    if (!bird.isEmpty()) {
      Wording wording = restarted ? Wording.BIRD_CANNOT_START : Wording.BIRD_REFUSES_CONNECTIONS;
      add(Step.BIRD_DOWN, wording, new Observed(bird));
    } else if (restarted && !calico.readyNow()) {
      add(Step.BIRD_DOWN, Wording.BIRD_CANNOT_START, new Inferred());
    }
    List<Quote> notReady =
        quotes.ofCalico(
            quote ->
                quote.probe().map(probe -> probe.is(Probe.READINESS, Verb.FAILED)).orElse(false));
    if (calico.readyNow()) {
      add(
          Step.NOT_READY,
          Wording.READINESS_FAILS,
          new Contradicted(Objection.READY_NOW, List.of()));
    } else if (!notReady.isEmpty()) {
      add(Step.NOT_READY, Wording.READINESS_FAILS, new Observed(notReady));
      add(Step.ROUTES, Wording.ROUTES_AND_SERVICES_SUFFER, new Inferred());
    }
  }

  private void add(Step step, Wording wording, Standing standing) {
    links.add(new Link(step, wording, standing));
  }
}
