package io.pidcheck.bot.message;

import io.pidcheck.bot.cluster.PodRef;
import io.pidcheck.bot.diagnosis.Cause;
import io.pidcheck.bot.diagnosis.Culprit;
import io.pidcheck.bot.diagnosis.Culprits;
import io.pidcheck.bot.diagnosis.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who did it, in one sentence, and why it usually happens, as likely. */
final class CulpritWords {

  private static final int SHOWN = 5;
  private static final int NAME = 160;
  private static final int CAUSES = 2;

  private final Texts texts;

  CulpritWords(Texts texts) {
    this.texts = texts;
  }

  Rich culprits(Culprits culprits) {
    List<Culprit> found = culprits.found();
    Rich rich =
        new Rich()
            .say(
                texts,
                "culprits." + kind(found),
                found.size(),
                culprits.together(),
                culprits.whole(),
                texts.percent(culprits.share()));
    String between = "culprits.first";
    for (Culprit culprit : found.subList(0, Math.min(SHOWN, found.size()))) {
      rich.say(texts, between).and(one(culprit, found.size() > 1));
      between = "culprits.next";
    }
    if (found.size() > SHOWN) {
      rich.say(texts, "culprits.more", found.size() - SHOWN);
    }
    return rich.say(texts, "culprits.end");
  }

  private static String kind(List<Culprit> found) {
    String first = kind(found.getFirst());
    return found.stream().allMatch(culprit -> kind(culprit).equals(first)) ? first : "mixed";
  }

  private static String kind(Culprit culprit) {
    return culprit.getClass().getSimpleName();
  }

  private Rich one(Culprit culprit, boolean figures) {
    Rich rich = new Rich();
    switch (culprit) {
      case Culprit.ThreadExplosion(var holder) ->
          process(rich, holder.process().comm(), holder.process().pid());
      case Culprit.NodeService(var holder) ->
          process(rich, holder.process().comm(), holder.process().pid());
      case Culprit.ProcessLeak(var owner, var pod, var example, var share) ->
          rich.say(
              texts,
              "culprit.processes",
              owner.processes(),
              Foreign.line(pod.map(CulpritWords::name).orElse(owner.path()), NAME));
      case Culprit.Zombies(int pid, String comm, var pod, long zombies, var share) ->
          rich.say(
              texts, "culprit.zombies", zombies, Foreign.line(comm, NAME), Integer.toString(pid));
      case Culprit.LeakedShims(long shims, long threads, long pods, var share) ->
          rich.say(texts, "culprit.shims", shims, pods);
      case Culprit.KernelThreads kernel -> rich.say(texts, "culprit.kernel");
      case Culprit.CalicoNode(var owner, var pod, var share) ->
          rich.say(
              texts,
              "culprit.processes",
              owner.processes(),
              Foreign.line(pod.map(CulpritWords::name).orElse(owner.path()), NAME));
    }
    return figures
        ? rich.say(texts, "culprit.figures", culprit.tasks(), texts.percent(culprit.share()))
        : rich;
  }

  private void process(Rich rich, String comm, int pid) {
    rich.say(texts, "culprit.process", Foreign.line(comm, NAME), Integer.toString(pid));
  }

  static String name(PodRef pod) {
    return pod.namespace() + "/" + pod.name();
  }

  /** The first cause, and one more where another language has another reason. */
  List<Rich> causes(List<Cause> causes) {
    List<Rich> lines = new ArrayList<>();
    List<Language> told = new ArrayList<>();
    for (Cause cause : causes) {
      if (lines.size() < CAUSES && !told.contains(cause.language())) {
        told.add(cause.language());
        lines.add(cause(cause));
      }
    }
    return lines;
  }

  private Rich cause(Cause cause) {
    Rich rich = new Rich();
    if (cause.language() == Language.UNKNOWN) {
      rich.say(texts, "cause.unnamed");
    } else {
      rich.say(texts, "cause.language", texts.get("language." + cause.language().name()));
    }
    rich.say(texts, "growth." + cause.growth().name());
    Optional<Rich> names = threads(cause);
    return names.map(rich::and).orElse(rich);
  }

  private Optional<Rich> threads(Cause cause) {
    return cause
        .threads()
        .map(
            name ->
                new Rich()
                    .say(
                        texts,
                        "cause.threads",
                        name.threads(),
                        Math.max(cause.counted(), name.threads()),
                        Foreign.line(name.name(), NAME)));
  }
}
