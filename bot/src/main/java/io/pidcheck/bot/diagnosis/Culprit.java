package io.pidcheck.bot.diagnosis;

import io.pidcheck.bot.cluster.PodRef;
import io.pidcheck.bot.cluster.kubelet.CgroupTasks;
import io.pidcheck.probe.report.OwnerUse;
import io.pidcheck.probe.report.ProcessUse;
import java.util.Optional;

/** Somebody who holds so many PIDs that it explains the shortage. */
public sealed interface Culprit {

  long tasks();

  /** Of the ceiling that it is measured against. */
  double share();

  /** One process with very many threads. */
  record ThreadExplosion(Holder holder) implements Culprit {
    @Override
    public long tasks() {
      return holder.process().threads();
    }

    @Override
    public double share() {
      return holder.share();
    }
  }

  /**
   * Very many processes of one pod or service.
   *
   * @param example the biggest of them that is known
   */
  record ProcessLeak(
      OwnerUse owner, Optional<PodRef> pod, Optional<ProcessUse> example, double share)
      implements Culprit {
    @Override
    public long tasks() {
      return owner.threads();
    }
  }

  /**
   * Very many pods of one workload, none of which stands out alone.
   *
   * @param example the biggest of them
   */
  record ManyPods(PodRef example, long pods, long threads, long processes, double share)
      implements Culprit {
    @Override
    public long tasks() {
      return threads;
    }
  }

  /**
   * Ended children that nobody has reaped. Each keeps its PID until its parent waits or ends.
   *
   * @param comm the parent's name
   */
  record Zombies(int parentPid, String comm, Optional<PodRef> pod, long zombies, double share)
      implements Culprit {
    @Override
    public long tasks() {
      return zombies;
    }
  }

  /**
   * More shims than the node has pods to explain.
   *
   * @param pods that the cluster has on this node
   */
  record LeakedShims(long shims, long threads, long pods, double share) implements Culprit {
    @Override
    public long tasks() {
      return threads;
    }
  }

  /** The kubelet, the container runtime or another protected process. */
  record NodeService(Holder holder) implements Culprit {
    @Override
    public long tasks() {
      return holder.process().threads();
    }

    @Override
    public double share() {
      return holder.share();
    }
  }

  record KernelThreads(long threads, double share) implements Culprit {
    @Override
    public long tasks() {
      return threads;
    }
  }

  /**
   * One container, by the kubelet's count: nobody could look at its processes.
   *
   * @param pod by the cluster, else by the kubelet's labels
   */
  record CrowdedContainer(CgroupTasks container, PodRef pod, double share) implements Culprit {
    @Override
    public long tasks() {
      return container.threads();
    }
  }

  /** The victim is the culprit: github.com/projectcalico/calico/issues/5018. */
  record CalicoNode(OwnerUse owner, Optional<PodRef> pod, double share) implements Culprit {
    @Override
    public long tasks() {
      return owner.threads();
    }
  }
}
