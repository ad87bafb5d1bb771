package io.pidcheck.bot.remedy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.pidcheck.bot.act.Ending;
import io.pidcheck.bot.chat.Conversation;
import io.pidcheck.bot.chat.Message;
import io.pidcheck.bot.chat.SentMessage;
import io.pidcheck.bot.chat.SlackProblem;
import io.pidcheck.bot.cluster.AnswerTo;
import io.pidcheck.bot.cluster.RemedyJob;
import io.pidcheck.bot.message.RemedyMessage;
import io.pidcheck.bot.message.RemedyMessage.Phase;
import io.pidcheck.bot.message.RemedyMessage.Told;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Edits the message that an act was asked for from. Several acts can be asked for from one message;
 * it tells of all of them.
 */
public final class Telling {

  private static final Logger LOG = LoggerFactory.getLogger(Telling.class);
  private static final Duration REMEMBERED = Duration.ofHours(1);
  private static final int MOST = 10_000;

  private final Conversation conversation;
  private final Audit audit;
  private final Rules rules;
  private final Supplier<List<RemedyJob>> all;

  // only to save calls: what it forgets is said once more
  private final Cache<String, String> said =
      Caffeine.newBuilder().expireAfterAccess(REMEMBERED).maximumSize(MOST).build();

  /**
   * @param all acts that the cluster remembers
   */
  public Telling(
      Conversation conversation, Audit audit, Rules rules, Supplier<List<RemedyJob>> all) {
    this.conversation = conversation;
    this.audit = audit;
    this.rules = rules;
    this.all = all;
  }

  void audit(RemedyJob job) {
    audit.soFar(job);
  }

  /** The last word. */
  void ended(RemedyJob job) {
    tell(job, new Phase.Ended(Undoing.of(job), false));
  }

  /** In the thread, where people are told of it: the message's own edit nobody notices. */
  void cameBack(RemedyJob job) {
    if (job.story().cameBack().isPresent()) {
      long before = ComeBack.of(job.remedy()).before();
      conversation.reply(
          job.request().place().channel(),
          job.request().thread(),
          RemedyMessage.cameBack(job, job.story().cameBack().get(), before));
    }
  }

  /**
   * @throws SlackProblem when trying again may help
   */
  void tell(RemedyJob job, Phase phase) {
    AnswerTo place = job.request().place();
    List<Told> told = new ArrayList<>(others(job));
    told.add(new Told(job, phase));
    told.sort(Comparator.comparing(one -> one.job().createdAt()));
    Message message = RemedyMessage.of(told);
    String key = place.channel() + "\n" + place.ts();
    String now = SentMessage.write(message);
    if (now.equals(said.getIfPresent(key))) {
      return;
    }
    try {
      conversation.update(place.channel(), place.ts(), message);
    } catch (SlackProblem problem) {
      if (!problem.lost()) {
        throw problem;
      }
      LOG.atWarn()
          .addKeyValue("job", job.name())
          .addKeyValue("channel", place.channel())
          .log("the message is gone, its answer with it: {}", problem.error());
    }
    said.put(key, now);
  }

  private List<Told> others(RemedyJob job) {
    AnswerTo place = job.request().place();
    return all.get().stream()
        .filter(other -> !other.name().equals(job.name()))
        .filter(other -> other.request().place().ts().equals(place.ts()))
        .filter(other -> other.request().place().channel().equals(place.channel()))
        .map(other -> new Told(other, phase(other)))
        .toList();
  }

  private Phase phase(RemedyJob job) {
    Optional<Ending> ending = job.story().ending();
    if (ending.isPresent()) {
      return new Phase.Ended(Undoing.of(job), false);
    }
    return job.waits()
        ? new Phase.Waiting(job.createdAt().plus(rules.approvalExpiry()))
        : new Phase.Executing("");
  }
}
