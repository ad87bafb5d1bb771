package io.pidcheck.bot.diagnosis;

import io.pidcheck.bot.cluster.PodRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One thing to do. Nothing here acts; each says what it will and what it will not achieve. */
public sealed interface Advice {

  Effect effect();

  /**
   * Raise kernel.pid_max now.
   *
   * @param along cgroups whose pids.max has to be raised with it: the kubelet set them to the
   *     pid_max that it found when it started
   */
  record RaisePidMax(long from, long to, List<String> along) implements Advice {
    public RaisePidMax {
      along = List.copyOf(along);
    }

    @Override
    public Effect effect() {
      return new Effect(Will.ROOM_AT_ONCE, WillNot.STOP_THE_LEAK);
    }
  }

  record RaiseThreadsMax(long from, long to) implements Advice {
    @Override
    public Effect effect() {
      return new Effect(Will.ROOM_AT_ONCE, WillNot.STOP_THE_LEAK);
    }
  }

  /** Raise pids.max of one cgroup: by the kubelet for pods, by TasksMax= for a service. */
  record RaiseCgroup(String path, LimitUse.Scope scope, long from) implements Advice {
    @Override
    public Effect effect() {
      return new Effect(Will.ROOM_FOR_THIS_CGROUP, WillNot.HELP_IF_PID_MAX_IS_RAISED_ALONE);
    }
  }

  record RaiseUserLimit(String uid, long from) implements Advice {
    @Override
    public Effect effect() {
      return new Effect(Will.ROOM_FOR_THIS_USER, WillNot.REACH_RUNNING_PROCESSES);
    }
  }

  /**
   * Kill one process; bound to what was seen, so that a reused pid is never hit.
   *
   * @param frees tasks
   */
  record Kill(
      String node,
      String bootId,
      int pid,
      long startTicks,
      String comm,
      Optional<PodRef> pod,
      long frees)
      implements Advice {
    @Override
    public Effect effect() {
      return new Effect(
          Will.FREE_ITS_PIDS_AT_ONCE,
          pod.flatMap(PodRef::workload).isPresent()
              ? WillNot.KEEP_IT_FROM_COMING_BACK
              : WillNot.CURE_THE_CAUSE);
    }
  }

  /**
   * Delete the pod of many processes.
   *
   * @param runtimeCanFork false at (nearly) no free PID: it would hang in Terminating
   */
  record DeletePod(PodRef pod, long frees, boolean runtimeCanFork) implements Advice {
    @Override
    public Effect effect() {
      return new Effect(
          Will.END_ALL_OF_THE_POD,
          runtimeCanFork ? WillNot.CURE_THE_CAUSE : WillNot.WORK_WHILE_THE_RUNTIME_CANNOT_FORK);
    }
  }

  /**
   * Run fewer pods of one workload here.
   *
   * @param example one of them; its workload is what is scaled
   * @param frees tasks, of all of them
   * @param runtimeCanFork as for {@link DeletePod}
   */
  record ScaleDown(PodRef example, long pods, long frees, boolean runtimeCanFork)
      implements Advice {
    @Override
    public Effect effect() {
      return new Effect(
          Will.FREE_THEIR_PIDS,
          runtimeCanFork ? WillNot.CURE_THE_CAUSE : WillNot.WORK_WHILE_THE_RUNTIME_CANNOT_FORK);
    }
  }

  /** A zombie cannot be killed: its parent has to reap it, or to end so that init does. */
  record RestartParent(int pid, String comm, Optional<PodRef> pod, long frees) implements Advice {
    @Override
    public Effect effect() {
      return new Effect(Will.LET_INIT_REAP, WillNot.WORK_BY_KILLING_ZOMBIES);
    }
  }

  /** Ended pods' shims that stayed behind. */
  record EndLeakedShims(long shims, long pods) implements Advice {
    @Override
    public Effect effect() {
      return new Effect(Will.FREE_THEIR_PIDS, WillNot.CURE_THE_RUNTIME);
    }
  }

  /**
   * Requests and limits for a workload that has none: it is BestEffort, first to be evicted and
   * held by nothing.
   *
   * @param requests to start from, to be fitted to the workload
   */
  record SetResources(PodRef pod, Map<String, String> requests, Map<String, String> limits)
      implements Advice {
    public SetResources {
      requests = Map.copyOf(requests);
      limits = Map.copyOf(limits);
    }

    @Override
    public Effect effect() {
      return new Effect(Will.TAKE_IT_OUT_OF_BEST_EFFORT, WillNot.LIMIT_ITS_THREADS);
    }
  }

  /** podPidsLimit in the kubelet's configuration. */
  record LimitPodPids(long suggested) implements Advice {
    @Override
    public Effect effect() {
      return new Effect(Will.CONFINE_THE_NEXT_LEAK, WillNot.CHANGE_RUNNING_PODS);
    }
  }

  /** Mend what leaks. */
  record MendTheCause(Cause cause, Optional<PodRef> pod) implements Advice {
    @Override
    public Effect effect() {
      return new Effect(Will.END_IT_FOR_GOOD, WillNot.HELP_TONIGHT);
    }
  }

  /** What it does, and what not to expect of it. */
  record Effect(Will will, WillNot willNot) {}

  enum Will {
    ROOM_AT_ONCE,
    ROOM_FOR_THIS_CGROUP,
    ROOM_FOR_THIS_USER,
    FREE_ITS_PIDS_AT_ONCE,
    END_ALL_OF_THE_POD,
    LET_INIT_REAP,
    FREE_THEIR_PIDS,
    TAKE_IT_OUT_OF_BEST_EFFORT,
    CONFINE_THE_NEXT_LEAK,
    END_IT_FOR_GOOD
  }

  enum WillNot {
    STOP_THE_LEAK,
    HELP_IF_PID_MAX_IS_RAISED_ALONE,
    REACH_RUNNING_PROCESSES,
    KEEP_IT_FROM_COMING_BACK,
    CURE_THE_CAUSE,
    WORK_WHILE_THE_RUNTIME_CANNOT_FORK,
    WORK_BY_KILLING_ZOMBIES,
    CURE_THE_RUNTIME,
    LIMIT_ITS_THREADS,
    CHANGE_RUNNING_PODS,
    HELP_TONIGHT
  }
}
