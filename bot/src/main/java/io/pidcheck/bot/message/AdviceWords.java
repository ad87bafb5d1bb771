package io.pidcheck.bot.message;

import io.pidcheck.bot.cluster.PodRef;
import io.pidcheck.bot.diagnosis.Advice;
import io.pidcheck.bot.diagnosis.LimitUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One piece of advice in words, and the commands that do it. */
final class AdviceWords {

  private static final int NAME = 160;
  private static final int CGROUPS = 3;

  private final Texts texts;

  AdviceWords(Texts texts) {
    this.texts = texts;
  }

  Rich what(Advice advice) {
    return switch (advice) {
      case Advice.RaisePidMax(long from, long to, var along) ->
          along.isEmpty()
              ? say("advice.RaisePidMax", from, to)
              : say("advice.RaisePidMax", from, to).say(texts, "advice.RaisePidMax.along");
      case Advice.RaiseThreadsMax(long from, long to) -> say("advice.RaiseThreadsMax", from, to);
      case Advice.RaiseCgroup(var path, var scope, long from) ->
          say("advice.RaiseCgroup." + scope.name(), line(path), from);
      case Advice.RaiseUserLimit(var uid, long from) ->
          say("advice.RaiseUserLimit", line(uid), from);
      case Advice.Kill kill ->
          place(
              say("advice.Kill", line(kill.comm()), Integer.toString(kill.pid()), kill.frees()),
              kill.pod());
      case Advice.DeletePod delete -> say("advice.DeletePod", line(delete.pod()), delete.frees());
      case Advice.ScaleDown(var example, long pods, long frees, var canFork) ->
          say("advice.ScaleDown", workload(example), pods, frees);
      case Advice.RestartParent(int pid, String comm, var pod, long frees) ->
          place(say("advice.RestartParent", line(comm), Integer.toString(pid), frees), pod);
      case Advice.EndLeakedShims(long shims, long pods) ->
          say("advice.EndLeakedShims", shims, pods);
      case Advice.SetResources resources -> say("advice.SetResources", workload(resources.pod()));
      case Advice.LimitPodPids(long suggested) -> say("advice.LimitPodPids", suggested);
      case Advice.MendTheCause(var cause, var pod) ->
          mend(pod).say(texts, "mend." + cause.growth().name());
    };
  }

  private Rich mend(Optional<PodRef> pod) {
    return pod.map(known -> say("advice.MendTheCause", workload(known)))
        .orElseGet(() -> say("advice.MendTheCause.nobody"));
  }

  private Rich place(Rich rich, Optional<PodRef> pod) {
    return pod.map(known -> rich.say(texts, "advice.in-pod", line(known))).orElse(rich);
  }

  private Rich say(String key, Object... arguments) {
    return new Rich().say(texts, key, arguments);
  }

  private static String line(String foreign) {
    return Foreign.line(foreign, NAME);
  }

  private static String line(PodRef pod) {
    return line(CulpritWords.name(pod));
  }

  private static String workload(PodRef pod) {
    return pod.workload()
        .map(owner -> line(owner.kind() + " " + pod.namespace() + "/" + owner.name()))
        .orElseGet(() -> line(pod));
  }

  /** To be copied as they are; none where it depends on more than is known. */
  List<String> commands(Advice advice) {
    return raw(advice).stream().flatMap(command -> Shell.whole(command).stream()).toList();
  }

  private static List<String> raw(Advice advice) {
    return switch (advice) {
      case Advice.RaisePidMax(long from, long to, var along) -> raisePidMax(to, along);
      case Advice.RaiseThreadsMax(long from, long to) ->
          List.of("sysctl -w kernel.threads-max=" + to);
      case Advice.RaiseCgroup(var path, var scope, long from) -> raiseCgroup(path, scope);
      case Advice.RaiseUserLimit limit -> List.of();
      case Advice.Kill kill -> List.of("kill -9 " + kill.pid());
      case Advice.DeletePod delete -> List.of(deletePod(delete.pod()));
      case Advice.ScaleDown down -> List.of(); // to how many, people know
      case Advice.RestartParent parent ->
          List.of(
              parent
                  .pod()
                  .map(AdviceWords::deletePod)
                  .orElseGet(() -> "systemctl status " + parent.pid()));
      case Advice.EndLeakedShims shims ->
          List.of("crictl pods -q", "ps -eo pid,etime,args | grep -e '[s]him.* -id '");
      case Advice.SetResources resources -> setResources(resources);
      case Advice.LimitPodPids(long suggested) -> List.of("podPidsLimit: " + suggested);
      case Advice.MendTheCause mend -> List.of();
    };
  }

  private static List<String> raisePidMax(long to, List<String> along) {
    List<String> commands = new ArrayList<>();
    commands.add("sysctl -w kernel.pid_max=" + to);
    along.stream()
        .limit(CGROUPS)
        .map(path -> pidsMax(path, Long.toString(to)))
        .forEach(commands::add);
    return commands;
  }

  // cgroup v2; v1 has the same file below /sys/fs/cgroup/pids, which the text says.
  private static String pidsMax(String path, String value) {
    return "echo " + value + " > " + Shell.word("/sys/fs/cgroup" + path + "/pids.max");
  }

  private static List<String> raiseCgroup(String path, LimitUse.Scope scope) {
    return switch (scope) {
      case NODE, ALL_PODS -> List.of(pidsMax(path, "max"));
      case RUNTIME, SERVICE, USER -> List.of(tasksMax(path));
      case ONE_POD -> List.of();
    };
  }

  // systemd.resource-control(5): a cgroup of systemd's is named after its unit.
  private static String tasksMax(String path) {
    String unit = path.substring(path.lastIndexOf('/') + 1);
    return unit.endsWith(".service") || unit.endsWith(".slice")
        ? "systemctl set-property " + Shell.word(unit) + " TasksMax=infinity"
        : pidsMax(path, "max");
  }

  private static String deletePod(PodRef pod) {
    return "kubectl -n %s delete pod %s"
        .formatted(Shell.word(pod.namespace()), Shell.word(pod.name()));
  }

  private static List<String> setResources(Advice.SetResources resources) {
    return resources.pod().workload().stream()
        .map(
            owner ->
                "kubectl -n %s set resources %s --requests=%s --limits=%s"
                    .formatted(
                        Shell.word(resources.pod().namespace()),
                        Shell.word(owner.kind().toLowerCase(Locale.ROOT) + "/" + owner.name()),
                        quantities(resources.requests()),
                        quantities(resources.limits())))
        .toList();
  }

  private static String quantities(Map<String, String> byResource) {
    return new TreeMap<>(byResource)
        .entrySet().stream()
            .map(entry -> Shell.word(entry.getKey() + "=" + entry.getValue()))
            .collect(Collectors.joining(","));
  }
}
