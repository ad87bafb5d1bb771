package io.pidcheck.bot.cluster.kubelet;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tasks of one cgroup as the kubelet last counted them: /metrics/cadvisor, {@code
 * container_threads} and its kin.
 *
 * @param id the cgroup's path
 * @param namespace of its pod; empty where it belongs to none
 * @param pod its pod's name; empty where it belongs to none
 * @param container the container's name; empty for a pod as a whole and its pause container
 * @param threads with all cgroups below it
 * @param processes 0 where they were not counted
 * @param limit pids.max; empty for none
 * @param at when it was counted; some 15 s ago as a rule, up to a minute on a node that suffers
 */
public record CgroupTasks(
    String id,
    String namespace,
    String pod,
    String container,
    long threads,
    long processes,
    OptionalLong limit,
    Optional<Instant> at) {

  // cgroupfs: .../pod<uid>/...; systemd: ...-pod<uid with underscores>.slice/...
  private static final Pattern POD_UID = Pattern.compile("pod([0-9a-f][0-9a-f_-]{30,34}[0-9a-f])");
  private static final Pattern PODS = Pattern.compile("(/.*)?[/-]kubepods(\\.slice)?");

  /** A container that runs somebody's program. */
  public boolean isContainer() {
    return !container.isEmpty() && !container.equals("POD");
  }

  /** The cgroup of all pods, whose ceiling the kubelet sets when it starts. */
  public boolean isAllPods() {
    return PODS.matcher(id).matches();
  }

  /** The uid of its pod, as the path has it. */
  public Optional<String> podUid() {
    Matcher uid = POD_UID.matcher(id);
    return uid.find() ? Optional.of(uid.group(1).replace('_', '-')) : Optional.empty();
  }
}
