package io.pidcheck.bot.message;

import com.slack.api.model.block.LayoutBlock;
import io.pidcheck.bot.evidence.Evidence;
import io.pidcheck.probe.report.NodeReport;
import io.pidcheck.probe.report.OwnerUse;
import io.pidcheck.probe.report.ProcessUse;
import java.util.List;
import java.util.Optional;

/** Who holds the PIDs: the top processes, and owners whose many small processes add up to more. */
final class HoldersBlock {

  private static final int PROCESSES = 8;
  private static final int OWNERS = 3;
  private static final int COMMAND_LINE = 300;
  private static final double WORTH_DETAILS = 0.01;
  private static final double WORTH_A_LINE = 0.05;

  private final Evidence evidence;
  private final NodeReport report;
  private final Texts texts;
  private final Place places;
  private final long whole;

  HoldersBlock(Evidence evidence, Texts texts) {
    this.evidence = evidence;
    this.report = evidence.report();
    this.texts = texts;
    this.places = new Place(texts);
    this.whole = new Whole(report).tasks();
  }

  LayoutBlock block() {
    if (report.processes().isEmpty()) {
      return new Rich().say(texts, "holders.none").block();
    }
    Rich rich = new Rich();
    List<OwnerUse> swarms = swarms();
    if (!swarms.isEmpty()) {
      rich.say(texts, "holders.owners").list(swarms.stream().map(this::owner).toList());
    }
    return rich.say(texts, "holders.processes")
        .list(report.processes().stream().limit(PROCESSES).map(this::process).toList())
        .block();
  }

  private Rich process(ProcessUse process) {
    Rich rich =
        new Rich()
            .say(
                texts,
                "holder.process",
                process.threads(),
                share(process.threads()),
                Foreign.line(process.comm(), 64),
                Integer.toString(process.pid()));
    boolean first = process.equals(report.processes().getFirst());
    Optional<String> pod = process.podUid();
    String place = places.of(evidence.pod(pod), pod, process.cgroup());
    if (!first && (double) process.threads() / whole < WORTH_DETAILS) {
      return rich.plain(" · ").plain(place);
    }
    rich.newLine().plain(place);
    if (!process.commandLine().isBlank()) {
      rich.newLine().code(Foreign.line(process.commandLine(), COMMAND_LINE));
    }
    return rich;
  }

  private Rich owner(OwnerUse owner) {
    return new Rich()
        .say(texts, "holder.owner", owner.threads(), share(owner.threads()), owner.processes())
        .newLine()
        .plain(places.of(evidence.pod(owner.podUid()), owner.podUid(), owner.path()));
  }

  /** Owners that hold more than any one process does, without their own biggest one. */
  private List<OwnerUse> swarms() {
    long mostOfOne = report.processes().stream().mapToLong(ProcessUse::threads).max().orElse(0);
    return report.owners().stream()
        .filter(owner -> owner.processes() > PROCESSES)
        .filter(owner -> (double) owner.threads() / whole >= WORTH_A_LINE)
        .filter(owner -> owner.threads() - biggestOf(owner) > mostOfOne)
        .limit(OWNERS)
        .toList();
  }

  private long biggestOf(OwnerUse owner) {
    return report.processes().stream()
        .filter(
            process ->
                owner.podUid().isPresent()
                    ? process.podUid().equals(owner.podUid())
                    : process.cgroup().equals(owner.path()))
        .mapToLong(ProcessUse::threads)
        .max()
        .orElse(0);
  }

  private String share(long threads) {
    return texts.percent((double) threads / whole);
  }
}
