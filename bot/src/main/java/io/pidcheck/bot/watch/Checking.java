package io.pidcheck.bot.watch;

import io.pidcheck.bot.chat.Message;
import io.pidcheck.bot.chat.MessageJson;
import io.pidcheck.bot.cluster.AnswerTo;
import io.pidcheck.bot.cluster.CheckJobs;
import io.pidcheck.bot.cluster.HeldMessages;
import io.pidcheck.bot.incident.Incident;
import io.pidcheck.bot.incident.Incident.Subject;
import io.pidcheck.bot.incident.Post;
import io.pidcheck.bot.message.IncidentMessages;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has an incident's node checked, whose answer goes into its message. */
final class Checking {

  private static final Logger LOG = LoggerFactory.getLogger(Checking.class);
  private static final Duration AGAIN = Duration.ofMinutes(5);

  private final Probes probes;
  private final HeldMessages held;
  private final IncidentMessages messages;
  private final Locale language;

  /** What starts a probe, and what keeps it from a node that has no PIDs to spare. */
  record Probes(CheckJobs jobs, HeldBack heldBack) {}

  Checking(Probes probes, HeldMessages held, IncidentMessages messages, Locale language) {
    this.probes = probes;
    this.held = held;
    this.messages = messages;
    this.language = language;
  }

  /** Never was, or has restarted since and some time has passed. */
  boolean isDue(Incident incident, Instant now) {
    boolean first = incident.checkedAt().isEmpty();
    boolean again =
        incident.checkedAt().stream()
            .anyMatch(
                at ->
                    now.isAfter(at.plus(AGAIN))
                        && incident.lastRestart().filter(last -> last.isAfter(at)).isPresent());
    return incident.type() != Subject.REBOOT && incident.ongoing() && (first || again);
  }

  void check(Incident incident, Post post) {
    AnswerTo answer = new AnswerTo(post.channel(), post.ts(), AnswerTo.NOBODY, language);
    ask(incident, answer)
        .ifPresent(message -> held.keep(post.channel(), post.ts(), MessageJson.write(message)));
  }

  /** A message where the check ends here; empty where a Job is on its way. */
  private Optional<Message> ask(Incident incident, AnswerTo answer) {
    Optional<Message> heldBack =
        probes.jobs().standsBy(incident.node())
            ? Optional.empty()
            : probes.heldBack().answer(incident.node(), answer);
    if (heldBack.isPresent()) {
      LOG.atInfo().addKeyValue("node", incident.node()).log("probe held back");
      return heldBack;
    }
    return switch (probes.jobs().ask(incident.node(), answer)) {
      case CheckJobs.Asked.Started(var job) -> asked(incident, job.name());
      case CheckJobs.Asked.Joined(var job) -> asked(incident, job.name());
      case CheckJobs.Asked.Refused(var reason) -> Optional.of(messages.refused(incident, reason));
    };
  }

  private static Optional<Message> asked(Incident incident, String job) {
    LOG.atInfo().addKeyValue("node", incident.node()).addKeyValue("job", job).log("checking");
    return Optional.empty();
  }
}
