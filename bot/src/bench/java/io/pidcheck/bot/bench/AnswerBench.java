package io.pidcheck.bot.bench;

import io.pidcheck.bot.chat.Message;
import io.pidcheck.bot.cluster.AnswerTo;
import io.pidcheck.bot.diagnosis.Diagnosis;
import io.pidcheck.bot.evidence.EventSeen;
import io.pidcheck.bot.evidence.Evidence;
import io.pidcheck.bot.evidence.EvidenceFiles;
import io.pidcheck.bot.evidence.ProbeOutcome.Source;
import io.pidcheck.bot.evidence.Surroundings;
import io.pidcheck.bot.message.DiagnosisMessage;
import io.pidcheck.probe.report.NodeReport;
import io.pidcheck.probe.report.PidUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From evidence to message, for a node with 5,000 processes and 10,000 events: the captured node of
 * two culprits with its events told over and over, each with another text.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 3, time = 5)
@Fork(1)
public class AnswerBench {

  private static final Path CASE = Path.of("src/test/resources/diagnosis/two-culprits");
  private static final int EVENTS = 10_000;
  private static final long PROCESSES = 5_000;

  private Evidence evidence;
  private AnswerTo answer;

  @Setup
  public void read() throws IOException {
    NodeReport captured =
        EvidenceFiles.report(Files.readString(CASE.resolve("in-report.json")), "k8s-worker02");
    Surroundings around =
        EvidenceFiles.surroundings(Files.readString(CASE.resolve("in-cluster.json")));
    evidence =
        new Evidence(
            crowded(captured),
            Source.LOG,
            Map.of(),
            Optional.empty(),
            loud(around),
            Optional.empty());
    answer = new AnswerTo("C1", "1.0", "U1", Locale.SIMPLIFIED_CHINESE);
  }

  @Benchmark
  public Diagnosis diagnosis() {
    return Diagnosis.of(evidence);
  }

  @Benchmark
  public Message diagnosisAndMessage() {
    return DiagnosisMessage.of(evidence, Diagnosis.of(evidence), answer);
  }

  private static NodeReport crowded(NodeReport report) {
    PidUse use = report.use();
    return new NodeReport(
        report.version(),
        report.complete(),
        report.node(),
        report.limits(),
        new PidUse(use.threads(), PROCESSES, use.kernelThreads(), use.zombies(), use.freePids()),
        report.memory(),
        report.processes(),
        report.cgroups(),
        report.owners(),
        report.commands(),
        report.threadNames(),
        report.zombieParents(),
        report.missing());
  }

  private static Surroundings loud(Surroundings around) {
    List<EventSeen> events = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      EventSeen event = around.events().get(i % around.events().size());
      events.add(
          new EventSeen(
              event.type(),
              event.reason(),
              event.message() + " (" + i + ")",
              event.count(),
              event.first(),
              event.last(),
              event.object()));
    }
    return new Surroundings(
        around.at(), around.node(), around.pods(), events, around.kubelet(), around.missing());
  }
}
