package io.pidcheck.bot.message;

import io.pidcheck.bot.act.PodName;
import io.pidcheck.bot.act.Remedy;
import io.pidcheck.bot.act.Remedy.Target;
import io.pidcheck.bot.act.Remedy.Value;
import java.util.ArrayList;
import java.util.List;

/** An act in words: what it is, and what to know before confirming it. */
final class RemedyWords {

  private static final int COMM = 20;
  private static final int POD = 80;
  private static final int NAMED = 3;
  private static final String PIDS_MAX = "/pids.max";

  private final Texts texts;

  RemedyWords(Texts texts) {
    this.texts = texts;
  }

  /** On a button; Slack takes 75 characters and shows about 30. */
  String label(Remedy remedy) {
    return switch (remedy) {
      case Remedy.Kill kill ->
          kill.targets().size() == 1
              ? texts.get("button.kill", pid(kill.targets().getFirst()), comm(kill))
              : texts.get("button.kill-all", kill.targets().size());
      case Remedy.RaisePidMax raise ->
          texts.get(raise.persisted() ? "button.raise-persisted" : "button.raise", raise.to());
      case Remedy.DeletePod delete ->
          texts.get("button.delete-pod", Foreign.line(delete.pod().name(), 40));
      case Remedy.Undo undo -> texts.get("button.undo");
    };
  }

  /** In a sentence, with its node. */
  Rich what(Remedy remedy) {
    String node = remedy.seen().node();
    return switch (remedy) {
      case Remedy.Kill kill ->
          kill.targets().size() == 1
              ? say("remedy.kill", pid(kill.targets().getFirst()), comm(kill), node)
              : say("remedy.kill-all", kill.targets().size(), node);
      case Remedy.RaisePidMax raise -> say("remedy.raise", raise.from(), raise.to(), node);
      case Remedy.DeletePod delete -> say("remedy.delete-pod", pod(delete.pod()), node);
      case Remedy.Undo undo -> say("remedy.undo", node);
    };
  }

  /** What will happen; plain text, one thing a line. */
  List<String> consequences(Remedy remedy) {
    List<String> lines = new ArrayList<>();
    switch (remedy) {
      case Remedy.Kill kill -> kill(kill, lines);
      case Remedy.RaisePidMax raise -> raise(raise, lines);
      case Remedy.DeletePod delete -> {
        lines.add(texts.get("confirm.delete-pod", pod(delete.pod()), delete.frees()));
        lines.add(texts.get("confirm.restarts", workload(delete.pod())));
      }
      case Remedy.Undo undo ->
          undo.values()
              .forEach(value -> lines.add(texts.get("confirm.undo", name(value), value.value())));
    }
    return lines;
  }

  private void kill(Remedy.Kill kill, List<String> lines) {
    kill.targets().stream().limit(NAMED).forEach(target -> lines.add(target(target)));
    if (kill.targets().size() > NAMED) {
      lines.add(texts.get("confirm.more", kill.targets().size() - NAMED));
    }
    lines.add(texts.get("confirm.kill"));
    List<PodName> restarted =
        kill.targets().stream()
            .flatMap(target -> target.pod().stream())
            .filter(PodName::restarts)
            .toList();
    lines.add(
        restarted.isEmpty()
            ? texts.get("confirm.nobody-restarts")
            : texts.get("confirm.restarts", workload(restarted.getFirst())));
  }

  private String target(Target target) {
    String comm = Foreign.line(target.comm(), COMM);
    return target
        .pod()
        .map(pod -> texts.get("confirm.target.pod", pid(target), comm, target.threads(), pod(pod)))
        .orElseGet(() -> texts.get("confirm.target", pid(target), comm, target.threads()));
  }

  private void raise(Remedy.RaisePidMax raise, List<String> lines) {
    lines.add(texts.get("confirm.raise", raise.from(), raise.to()));
    raise.threadsMax().ifPresent(most -> lines.add(texts.get("confirm.raise.threads", most)));
    raise.cgroups().stream()
        .limit(NAMED)
        .forEach(path -> lines.add(texts.get("confirm.raise.cgroup", cgroup(path), raise.to())));
    lines.add(texts.get(raise.persisted() ? "confirm.raise.persisted" : "confirm.raise.once"));
  }

  private String name(Value value) {
    return setting(value.what());
  }

  /** A setting as people call it. */
  String setting(String what) {
    return switch (what) {
      case Value.PID_MAX -> "kernel.pid_max";
      case Value.THREADS_MAX -> "kernel.threads-max";
      default -> what.endsWith(PIDS_MAX) ? texts.get("setting.cgroup", cgroup(what)) : file(what);
    };
  }

  private static String file(String path) {
    return Foreign.line(path, POD);
  }

  /** {@code /sys/fs/cgroup/pids/kubepods/pids.max} is told as {@code /kubepods}. */
  static String cgroup(String file) {
    String path =
        file.replaceFirst("^/sys/fs/cgroup(/pids|/unified)?", "").replaceFirst("/pids\\.max$", "");
    return Foreign.line(path.isEmpty() ? "/" : path, POD);
  }

  private Rich say(String key, Object... arguments) {
    return new Rich().say(texts, key, arguments);
  }

  private static String pid(Target target) {
    return Integer.toString(target.pid()); // a number that is never grouped
  }

  private static String comm(Remedy.Kill kill) {
    return Foreign.line(kill.targets().getFirst().comm(), COMM);
  }

  private static String pod(PodName pod) {
    return Foreign.line(pod.path(), POD);
  }

  private static String workload(PodName pod) {
    return Foreign.line(pod.workload().replace('/', ' '), POD);
  }
}
