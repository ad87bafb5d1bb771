package io.pidcheck.bot.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.pidcheck.bot.cluster.CheckJob;
import io.pidcheck.bot.cluster.Means;
import io.pidcheck.bot.evidence.ProbeOutcome.Reason;
import io.pidcheck.bot.evidence.ProbeOutcome.Stage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobEventsTest {

  private static final Instant CREATED = Instant.parse("2026-11-01T10:00:00Z");
  private static final CheckJob JOB =
      new CheckJob(
          "pidcheck-a-1",
          "a",
          List.of(),
          Optional.empty(),
          false,
          CREATED,
          new CheckJob.State.Active(),
          Means.A_POD,
          "1");

  @Test
  void takesTheLastWarningOfTheJobsPod() {
    JobEvents events =
        JobEvents.of(
            JOB,
            List.of(
                event("pidcheck-a-1-abcde", "FailedCreatePodSandBox", "10:00:05"),
                event("pidcheck-a-1", "FailedCreate", "10:00:01"),
                event("pidcheck-a-1", "DeadlineExceeded", "10:01:00")));
    assertThat(events.reason()).contains(Reason.CANNOT_START);
    assertThat(events.lastWords()).contains("FailedCreatePodSandBox: why");
  }

  @Test
  void leavesOutOtherJobsAndAnEarlierOneOfTheSameName() {
    JobEvents events =
        JobEvents.of(
            JOB,
            List.of(
                event("pidcheck-a-11-abcde", "FailedCreatePodSandBox", "10:00:05"),
                event("pidcheck-a-1-b-1", "FailedCreate", "09:10:00"),
                event("pidcheck-a-1", "Started", "09:10:00")));
    assertThat(events.events()).isEmpty();
    assertThat(events.reached(false)).isEqualTo(Stage.JOB_CREATED);
  }

  @Test
  void knowsThatADeletedPodHadStarted() {
    assertThat(
            JobEvents.of(JOB, List.of(event("pidcheck-a-1-abcde", "Started", "10:00:05")))
                .reached(false))
        .isEqualTo(Stage.RUNNING);
  }

  private static Event event(String name, String reason, String time) {
    return new EventBuilder()
        .withType("Warning")
        .withReason(reason)
        .withMessage("why")
        .withLastTimestamp("2026-11-01T" + time + "Z")
        .withNewInvolvedObject()
        .withName(name)
        .endInvolvedObject()
        .build();
  }
}
