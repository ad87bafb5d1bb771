package io.pidcheck.bot.cluster;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One check, as its Job in the cluster tells it.
 *
 * @param answers everybody who waits for this check
 * @param firstTry the last words of a probe that died before this one; foreign text
 * @param reported the answers have been edited with the result
 * @param means who looks at the node for it
 * @param version the Job's resourceVersion: whoever changes it must have seen this state
 */
public record CheckJob(
    String name,
    String node,
    List<AnswerTo> answers,
    Optional<String> firstTry,
    boolean reported,
    Instant createdAt,
    State state,
    Means means,
    String version) {

  public CheckJob {
    answers = List.copyOf(answers);
  }

  /** Where the Job controller has it (Kubernetes: Job conditions). */
  public sealed interface State {

    /** No terminal condition yet. */
    record Active() implements State {}

    /** Condition Complete. */
    record Succeeded() implements State {}

    /**
     * Condition Failed.
     *
     * @param reason DeadlineExceeded, BackoffLimitExceeded, ...
     */
    record Failed(String reason, String message) implements State {}

    /** The Job object is gone before it was answered. */
    record Deleted() implements State {}
  }

  public boolean active() {
    return state instanceof State.Active;
  }

  CheckJob deleted() {
    return new CheckJob(
        name, node, answers, firstTry, reported, createdAt, new State.Deleted(), means, version);
  }
}
