package io.pidcheck.bot.act;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.Optional;

/**
 * How far an act has come, from the click to the last word about it. It is kept in the cluster, and
 * each part is written before it is told; so whoever reads it can go on.
 *
 * @param released who allowed it and when: the requester where one is enough
 * @param endedAt when the ending was read
 * @param cameBack tasks of the killed workload in a later look, where they were more than before
 */
public record Story(
    Optional<Approval> released,
    Optional<Ending> ending,
    Optional<Instant> endedAt,
    Optional<After> after,
    Optional<Calico> calico,
    Optional<Long> cameBack) {

  public static final Story BEGINS =
      new Story(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** Who let it happen. */
  public record Approval(String user, Instant at) {}

  /** The node after the act, from a new look at it. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "looked")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = After.Measured.class, name = "measured"),
    @JsonSubTypes.Type(value = After.NotMeasured.class, name = "not-measured")
  })
  public sealed interface After {

    /**
     * @param limit kernel.pid_max, or the ceiling that binds; 0 where unknown
     * @param check the Job that looked
     * @param at when, by the node's clock
     */
    record Measured(long used, long limit, String check, Instant at) implements After {}

    /**
     * @param silence why not
     */
    record NotMeasured(Silence silence) implements After {}
  }

  /** calico-node on that node after the act. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "calico")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Calico.WasReady.class, name = "was-ready"),
    @JsonSubTypes.Type(value = Calico.ReadyAgain.class, name = "ready-again"),
    @JsonSubTypes.Type(value = Calico.NotReady.class, name = "not-ready"),
    @JsonSubTypes.Type(value = Calico.Absent.class, name = "absent")
  })
  public sealed interface Calico {

    /** Ready since before the act. */
    record WasReady() implements Calico {}

    /**
     * @param afterSeconds from the act to Ready
     */
    record ReadyAgain(long afterSeconds) implements Calico {}

    /**
     * @param words why, as the cluster has it; foreign text
     */
    record NotReady(long afterSeconds, String words) implements Calico {}

    /** The node runs no calico-node, or it cannot be seen. */
    record Absent() implements Calico {}
  }

  public Story releasedBy(String user, Instant at) {
    return new Story(Optional.of(new Approval(user, at)), ending, endedAt, after, calico, cameBack);
  }

  public Story ended(Ending how, Instant at) {
    return new Story(released, Optional.of(how), Optional.of(at), after, calico, cameBack);
  }

  public Story measured(After seen) {
    return new Story(released, ending, endedAt, Optional.of(seen), calico, cameBack);
  }

  public Story calico(Calico seen) {
    return new Story(released, ending, endedAt, after, Optional.of(seen), cameBack);
  }

  public Story cameBack(long tasks) {
    return new Story(released, ending, endedAt, after, calico, Optional.of(tasks));
  }
}
