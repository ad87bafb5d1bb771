package io.pidcheck.bot.message;

import com.slack.api.model.block.LayoutBlock;
import io.pidcheck.bot.cluster.PodRef;
import io.pidcheck.bot.cluster.ProbePod;
import io.pidcheck.bot.cluster.kubelet.CgroupTasks;
import io.pidcheck.bot.cluster.kubelet.KubeletAnswer;
import io.pidcheck.bot.cluster.kubelet.KubeletAnswer.Lack;
import io.pidcheck.bot.cluster.kubelet.KubeletAnswer.NotTold;
import io.pidcheck.bot.cluster.kubelet.KubeletAnswer.Told;
import io.pidcheck.bot.cluster.kubelet.NodeTasks;
import io.pidcheck.bot.diagnosis.Disagreement;
import io.pidcheck.bot.evidence.KubeletFigures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What the kubelet counts, and what of it could not be had. */
final class FiguresBlock {

  private static final int CONTAINERS = 3;
  private static final int NAME = 120;
  private static final int WORDS = 200;
  // Measured (bench/bench start): with 50 free each first try started, with 45 four of five.
  private static final long STARTS_FROM = 50;

  private final Texts texts;

  FiguresBlock(Texts texts) {
    this.texts = texts;
  }

  /** Empty where kubelets are not asked. */
  Optional<LayoutBlock> block(KubeletFigures figures) {
    if (isOff(figures.node()) && isOff(figures.cgroups())) {
      return Optional.empty();
    }
    List<CgroupTasks> biggest =
        figures.containers().stream().filter(it -> it.threads() > 0).limit(CONTAINERS).toList();
    List<Rich> lines = new ArrayList<>();
    lines.add(count(figures.node()));
    if (figures.node().told().isEmpty() && !biggest.isEmpty()) {
      lines.addAll(byPodsAlone(figures));
    }
    biggest.forEach(container -> lines.add(container(container, figures)));
    figures
        .cgroups()
        .lacking()
        .ifPresent(lack -> lines.add(say("figures.no-containers").and(lack(lack))));
    return Optional.of(head(figures, biggest).list(lines).block());
  }

  private Rich head(KubeletFigures figures, List<CgroupTasks> biggest) {
    Duration age = figures.age(biggest);
    return age.toSeconds() < 1
        ? say("figures.head")
        : say("figures.head").say(texts, "figures.age", texts.duration(age));
  }

  private Rich count(KubeletAnswer<NodeTasks> count) {
    return switch (count) {
      case Told<NodeTasks>(NodeTasks node) -> {
        Rich rich =
            say(
                "figures.count",
                node.tasks(),
                node.maxPid(),
                share(node.tasks(), node.maxPid()),
                node.freeAtLeast());
        yield node.freeAtLeast() < STARTS_FROM
            ? rich.newLine().say(texts, "figures.slim", ProbePod.START_TAKES)
            : rich;
      }
      case NotTold<NodeTasks> lack -> say("figures.no-count").and(lack(lack));
    };
  }

  /** How full the node is at least, where only what its pods hold is known. */
  private List<Rich> byPodsAlone(KubeletFigures figures) {
    long held = figures.podTasks();
    List<Rich> lines = new ArrayList<>();
    figures
        .maxPid()
        .ifPresent(max -> lines.add(say("figures.pods-of-pid-max", held, max, share(held, max))));
    ceiling(figures).stream()
        .filter(max -> !figures.maxPid().equals(OptionalLong.of(max)))
        .forEach(max -> lines.add(say("figures.pods-of-ceiling", held, max)));
    figures
        .freeAtMost()
        .ifPresent(
            free -> {
              Rich rich = say("figures.free-at-most", free);
              lines.add(
                  free < STARTS_FROM
                      ? rich.newLine().say(texts, "figures.slim", ProbePod.START_TAKES)
                      : rich);
            });
    return lines;
  }

  private static OptionalLong ceiling(KubeletFigures figures) {
    return figures.allPods().map(CgroupTasks::limit).orElse(OptionalLong.empty());
  }

  private String share(long part, long whole) {
    return texts.percent((double) part / whole);
  }

  private Rich container(CgroupTasks container, KubeletFigures figures) {
    String name = Foreign.line(container.container(), NAME);
    String pod = Foreign.line(container.namespace() + "/" + container.pod(), NAME);
    OptionalLong max = figures.maxPid().isPresent() ? figures.maxPid() : ceiling(figures);
    Rich rich =
        max.isPresent()
            ? say(
                "figures.container",
                container.threads(),
                share(container.threads(), max.getAsLong()),
                name)
            : say("figures.container.bare", container.threads(), name);
    return rich.newLine()
        .plain(
            figures
                .pod(container)
                .map(known -> new Place(texts).of(Optional.of(known), Optional.empty(), ""))
                .orElse(pod));
  }

  /** Why something was not had, with what goes with it. */
  Rich lack(NotTold<?> lack) {
    String detail = Foreign.line(lack.detail(), WORDS);
    Rich rich = say("lack." + lack.lack().name(), seconds(lack));
    return detail.isEmpty() || lack.lack() == Lack.SILENT ? rich : rich.plain(" ").code(detail);
  }

  // The deadline in seconds, as a person would say it: 2, 0.4
  private String seconds(NotTold<?> lack) {
    return lack.lack() == Lack.SILENT
        ? Double.toString(Long.parseLong(lack.detail()) / 1000.0).replaceAll("\\.0$", "")
        : "";
  }

  /** Where the probe and the kubelet contradict each other. */
  Optional<LayoutBlock> disagreements(List<Disagreement> found) {
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Rich rich = new Rich().emoji("warning");
    for (Disagreement disagreement : found) {
      rich.plain(" ");
      switch (disagreement) {
        case Disagreement.Ceiling(long probe, long kubelet) ->
            rich.say(texts, "disagreement.Ceiling", probe, kubelet);
        case Disagreement.Tasks(long probe, long kubelet) ->
            rich.say(texts, "disagreement.Tasks", probe, kubelet);
      }
    }
    return Optional.of(rich.block());
  }

  /** The container of a culprit that nobody could look into. */
  Rich crowded(CgroupTasks container, PodRef pod, String share) {
    return say(
            "figures.container",
            container.threads(),
            share,
            Foreign.line(container.container(), NAME))
        .newLine()
        .plain(new Place(texts).of(Optional.of(pod), Optional.empty(), ""));
  }

  private static boolean isOff(KubeletAnswer<?> answer) {
    return answer.lacking().filter(lack -> lack.lack() == Lack.SWITCHED_OFF).isPresent();
  }

  private Rich say(String key, Object... arguments) {
    return new Rich().say(texts, key, arguments);
  }
}
