package io.pidcheck.bot.check;

import io.pidcheck.bot.chat.Conversation;
import io.pidcheck.bot.chat.Message;
import io.pidcheck.bot.chat.SlackProblem;
import io.pidcheck.bot.cluster.AnswerTo;
import io.pidcheck.bot.cluster.CheckJob;
import io.pidcheck.bot.message.DiagnosisDetails.Files;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills an answer's thread. The reply is there since before the check began, so this is an edit,
 * and may be done again.
 */
final class Details {

  private static final Logger LOG = LoggerFactory.getLogger(Details.class);

  private final Conversation conversation;

  Details(Conversation conversation) {
    this.conversation = conversation;
  }

  /**
   * @throws SlackProblem when trying again may help
   */
  void tell(CheckJob job, AnswerTo answer, Finding finding) {
    if (answer.details().isEmpty()) {
      return;
    }
    String ts = answer.details().get().ts();
    Optional<Message> message = finding.details(new Files.Shared(), answer.locale());
    try {
      if (message.isPresent()) {
        conversation.update(answer.channel(), ts, message.get());
      } else {
        conversation.delete(answer.channel(), ts);
      }
    } catch (SlackProblem problem) {
      if (!problem.lost()) {
        throw problem;
      }
      LOG.atWarn()
          .addKeyValue("job", job.name())
          .addKeyValue("channel", answer.channel())
          .log("the thread is gone, its details with it: {}", problem.error());
    }
  }
}
