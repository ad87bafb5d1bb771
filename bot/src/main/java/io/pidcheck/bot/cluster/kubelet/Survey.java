package io.pidcheck.bot.cluster.kubelet;

import io.pidcheck.bot.cluster.kubelet.KubeletAnswer.Lack;
import io.pidcheck.bot.cluster.kubelet.KubeletAnswer.NotTold;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
  private final Duration deadline;

  /**
   * @param deadline for all of them together
   */
  public Survey(Kubelets kubelets, Duration deadline) {
    this.kubelets = kubelets;
    this.deadline = deadline;
  }

  /** One reading a node, in the given order; who was not heard in time is SILENT. */
  public List<NodeReading> of(List<KubeletAddress> nodes) {
    try (ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<KubeletAnswer<NodeTasks>>> questions =
          nodes.stream()
              .<Callable<KubeletAnswer<NodeTasks>>>map(node -> () -> kubelets.tasks(node))
              .toList();
      List<Future<KubeletAnswer<NodeTasks>>> answers =
          askers.invokeAll(questions, deadline.toMillis(), TimeUnit.MILLISECONDS);
      List<NodeReading> readings = new ArrayList<>();
      for (int i = 0; i < nodes.size(); i++) {
        readings.add(new NodeReading(nodes.get(i).node(), answer(answers.get(i))));
      }
      return readings;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
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
