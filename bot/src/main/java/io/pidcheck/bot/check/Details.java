package io.pidcheck.bot.check;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.pidcheck.bot.chat.Attachment;
import io.pidcheck.bot.chat.Conversation;
import io.pidcheck.bot.chat.Message;
import io.pidcheck.bot.chat.SlackProblem;
import io.pidcheck.bot.chat.Uploads;
import io.pidcheck.bot.cluster.AnswerTo;
import io.pidcheck.bot.cluster.CheckJob;
import io.pidcheck.bot.cluster.ClusterException;
import io.pidcheck.bot.cluster.SharedFiles;
import io.pidcheck.bot.message.DiagnosisDetails.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills an answer's thread. The reply is there since before the check began, so telling is an edit
 * and may be done again. Files are posts: what is about to be shared is noted at the Job first, so
 * that after a kill the same files are shared, which Slack does once.
 */
public final class Details {

  private static final Logger LOG = LoggerFactory.getLogger(Details.class);
  private static final Duration REMEMBERED = Duration.ofHours(1);
  private static final int MOST = 10_000;
  private static final int ATTEMPTS = 3;
  // Slack: the upload was completed before, and an upload is completed once
  private static final String COMPLETED_BEFORE = "file_not_found";

  private final Conversation conversation;
  private final Uploads uploads;
  private final SharedFiles noted;

  // Only to give up on files that do not get through: what is forgotten is tried some more.
  private final Cache<String, Integer> failures =
      Caffeine.newBuilder().expireAfterAccess(REMEMBERED).maximumSize(MOST).build();

  public Details(Conversation conversation, Uploads uploads, SharedFiles noted) {
    this.conversation = conversation;
    this.uploads = uploads;
    this.noted = noted;
  }

  /**
   * @throws SlackProblem when trying again may help
   * @throws ClusterException when the API server cannot be asked
   */
  void tell(CheckJob job, AnswerTo answer, Finding finding) {
    if (answer.details().isEmpty()) {
      return;
    }
    AnswerTo.Details place = answer.details().get();
    Files files = share(job, answer, place, finding.files(answer));
    Optional<Message> message = finding.details(files, answer.locale());
    try {
      if (message.isPresent()) {
        conversation.update(answer.channel(), place.ts(), message.get());
      } else {
        conversation.delete(answer.channel(), place.ts());
      }
    } catch (SlackProblem problem) {
      if (!problem.lost()) {
        throw problem;
      }
      log(job, answer, "the thread is gone, its details with it", problem);
    }
  }

  /** Files that Slack will not have keep nobody from the rest. */
  private Files share(
      CheckJob job, AnswerTo answer, AnswerTo.Details place, List<Attachment> files) {
    if (files.isEmpty()) {
      return new Files.Shared();
    }
    try {
      return shareOnce(job, answer, place, files);
    } catch (SlackProblem problem) {
      String key = answer.channel() + "/" + answer.ts();
      int failed = failures.asMap().merge(key, 1, Integer::sum);
      if (!problem.refused() && failed < ATTEMPTS) {
        throw problem;
      }
      log(job, answer, "the files are not shared", problem);
      return problem.notLetIn() ? new Files.NotLetIn() : new Files.Refused(problem.words());
    }
  }

  private Files shareOnce(
      CheckJob job, AnswerTo answer, AnswerTo.Details place, List<Attachment> files) {
    Optional<SharedFiles.Files> before = noted.of(job, answer);
    if (before.map(SharedFiles.Files::shared).orElse(false)) {
      return new Files.Shared();
    }
    Optional<SharedFiles.Files> uploaded =
        before.or(() -> noted.uploaded(job, answer, files.stream().map(uploads::upload).toList()));
    if (uploaded.isEmpty()) {
      return new Files.Refused("the check's Job is gone");
    }
    List<String> titles = files.stream().map(Attachment::title).toList();
    try {
      uploads.share(uploaded.get().ids(), titles, answer.channel(), place.thread());
    } catch (SlackProblem problem) {
      if (before.isEmpty() || !problem.error().equals(COMPLETED_BEFORE)) {
        throw problem;
      }
    }
    noted.shared(job, answer, uploaded.get());
    return new Files.Shared();
  }

  private static void log(CheckJob job, AnswerTo answer, String what, SlackProblem problem) {
    LOG.atWarn()
        .addKeyValue("job", job.name())
        .addKeyValue("channel", answer.channel())
        .log("{}: {}", what, problem.getMessage());
  }
}
