package io.pidcheck.bot.message;

import com.slack.api.model.block.LayoutBlock;
import io.pidcheck.bot.cluster.PodRef;
import io.pidcheck.bot.diagnosis.Culprit;
import io.pidcheck.bot.diagnosis.Culprits;
import io.pidcheck.bot.diagnosis.Diagnosis;
import io.pidcheck.bot.diagnosis.Holder;
import io.pidcheck.bot.evidence.Evidence;
import io.pidcheck.probe.report.OwnerUse;
import io.pidcheck.probe.report.ProcessUse;
import java.util.List;
import java.util.Optional;

/** Who did it: one sentence, a line for each with its pod and owner, and the likely cause. */
final class CulpritsBlock {

  private static final int SHOWN = 5;
  private static final int BIGGEST = 3;
  private static final int NAME = 64;

  private final Texts texts;
  private final Place place;

  CulpritsBlock(Texts texts) {
    this.texts = texts;
    this.place = new Place(texts);
  }

  /** Where nobody stands out, those who hold the most. */
  LayoutBlock block(Diagnosis diagnosis, Evidence evidence, boolean wrong) {
    Culprits culprits = diagnosis.culprits();
    if (culprits.nothingStandsOut()) {
      return biggest(evidence, wrong);
    }
    CulpritWords words = new CulpritWords(texts);
    List<Culprit> found = culprits.found();
    Rich rich = words.sentence(culprits).newLine().say(texts, "holders.processes");
    rich.list(found.stream().limit(SHOWN).map(culprit -> line(culprit)).toList());
    if (found.size() > SHOWN) {
      rich.say(texts, "culprits.more", found.size() - SHOWN).newLine();
    }
    List<Rich> causes = words.causes(diagnosis.causes());
    for (int i = 0; i < causes.size(); i++) {
      rich.plain(i == 0 ? "" : "\n").and(causes.get(i));
    }
    return rich.block();
  }

  private LayoutBlock biggest(Evidence evidence, boolean wrong) {
    List<ProcessUse> processes = evidence.report().processes();
    if (processes.isEmpty()) {
      return new Rich().say(texts, "holders.none").block();
    }
    Rich rich = new Rich();
    if (wrong) {
      rich.say(texts, "culprits.none").newLine();
    }
    double whole = new Whole(evidence.report()).tasks();
    return rich.say(texts, "holders.processes")
        .list(
            processes.stream()
                .limit(BIGGEST)
                .map(
                    process ->
                        process(process, evidence.pod(process.podUid()), process.threads() / whole))
                .toList())
        .block();
  }

  private Rich line(Culprit culprit) {
    return switch (culprit) {
      case Culprit.ThreadExplosion(Holder holder) ->
          process(holder.process(), holder.pod(), holder.share());
      case Culprit.NodeService(Holder holder) ->
          process(holder.process(), holder.pod(), holder.share());
      case Culprit.ProcessLeak(var owner, var pod, var example, double share) ->
          owner(owner, pod, share);
      case Culprit.ManyPods(var example, long pods, long threads, long processes, double share) ->
          say("holder.pods", threads, percent(share), pods, processes)
              .newLine()
              .plain(place.of(Optional.of(example), Optional.empty(), ""));
      case Culprit.CalicoNode(var owner, var pod, double share) -> owner(owner, pod, share);
      case Culprit.Zombies(int pid, String comm, var pod, long zombies, double share) ->
          say("holder.zombies", zombies, percent(share), line(comm), Integer.toString(pid))
              .newLine()
              .plain(place.of(pod, Optional.empty(), ""));
      case Culprit.CrowdedContainer(var container, PodRef pod, double share) ->
          new FiguresBlock(texts).crowded(container, pod, percent(share));
      case Culprit.LeakedShims(long shims, long threads, long pods, double share) ->
          say("holder.shims", threads, percent(share), shims, pods);
      case Culprit.KernelThreads(long threads, double share) ->
          say("holder.kernel", threads, percent(share));
    };
  }

  private Rich process(ProcessUse process, Optional<PodRef> pod, double share) {
    return say(
            "holder.process",
            process.threads(),
            percent(share),
            line(process.comm()),
            Integer.toString(process.pid()))
        .newLine()
        .plain(place.of(pod, process.podUid(), process.cgroup()));
  }

  private Rich owner(OwnerUse owner, Optional<PodRef> pod, double share) {
    return say("holder.owner", owner.threads(), percent(share), owner.processes())
        .newLine()
        .plain(place.of(pod, owner.podUid(), owner.path()));
  }

  private Rich say(String key, Object... arguments) {
    return new Rich().say(texts, key, arguments);
  }

  private String percent(double share) {
    return texts.percent(share);
  }

  private static String line(String foreign) {
    return Foreign.line(foreign, NAME);
  }
}
