package io.pidcheck.bot.cluster.kubelet;

import io.pidcheck.bot.cluster.kubelet.KubeletAnswer.Lack;
import io.pidcheck.bot.cluster.kubelet.KubeletAnswer.NotTold;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Asks all kubelets once, some at a time, and is back in time whatever they do. */
public final class Survey {

  private final Kubelets kubelets;
  private final Known known;
  private final Duration deadline;

  /** What was heard lately anyhow. A handshake costs some milliseconds of a core at either end. */
  public interface Known {

    /** Empty where the node's kubelet has to be asked. */
    Optional<NodeReading> of(String node);
  }

  /**
   * @param known is not asked for again
   * @param deadline for all of them together
   */
  public Survey(Kubelets kubelets, Known known, Duration deadline) {
    this.kubelets = kubelets;
    this.known = known;
    this.deadline = deadline;
  }

  /** One reading a node, in the given order; who was not heard in time is SILENT. */
  public List<NodeReading> of(List<KubeletAddress> nodes) {
    Map<KubeletAddress, NodeReading> readings = new HashMap<>();
    nodes.forEach(node -> known.of(node.node()).ifPresent(it -> readings.put(node, it)));
    List<KubeletAddress> rest = nodes.stream().filter(it -> !readings.containsKey(it)).toList();
    try {
      ask(rest, readings);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
    return nodes.stream().map(readings::get).filter(Objects::nonNull).toList();
  }

  private void ask(List<KubeletAddress> nodes, Map<KubeletAddress, NodeReading> readings)
      throws InterruptedException {
    try (ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<KubeletAnswer<NodeTasks>>> questions =
          nodes.stream()
              .<Callable<KubeletAnswer<NodeTasks>>>map(node -> () -> kubelets.tasks(node))
              .toList();
      List<Future<KubeletAnswer<NodeTasks>>> answers =
          askers.invokeAll(questions, deadline.toMillis(), TimeUnit.MILLISECONDS);
      for (int i = 0; i < nodes.size(); i++) {
        KubeletAddress node = nodes.get(i);
        readings.put(node, new NodeReading(node.node(), answer(answers.get(i))));
      }
    }
  }

  private KubeletAnswer<NodeTasks> answer(Future<KubeletAnswer<NodeTasks>> future)
      throws InterruptedException {
    try {
      return future.get();
    } catch (CancellationException e) {
      return new NotTold<>(Lack.SILENT, Long.toString(deadline.toMillis()));
    } catch (ExecutionException e) {
      throw new IllegalStateException("asking a kubelet", e.getCause());
    }
  }
}
