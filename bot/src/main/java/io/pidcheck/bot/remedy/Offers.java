package io.pidcheck.bot.remedy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.pidcheck.bot.act.Remedy;
import io.pidcheck.bot.chat.Message;
import io.pidcheck.bot.chat.SentMessage;
import io.pidcheck.bot.check.Footer;
import io.pidcheck.bot.cluster.AnswerTo;
import io.pidcheck.bot.cluster.CheckJobs;
import io.pidcheck.bot.cluster.RemedyJob;
import io.pidcheck.bot.message.RemedyButtons;
import io.pidcheck.bot.message.Texts;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Puts buttons below a diagnosis, and keeps what stands above them. */
public final class Offers implements Footer {

  private static final int MOST = 1_000;

  private final CheckJobs jobs;
  private final boolean dryRun;
  private final Supplier<List<RemedyJob>> all;
  // only to save calls: what is kept twice is the same
  private final Cache<AnswerTo, String> kept = Caffeine.newBuilder().maximumSize(MOST).build();

  /**
   * @param all acts that the cluster remembers
   */
  public Offers(CheckJobs jobs, Rules rules, Supplier<List<RemedyJob>> all) {
    this.all = all;
    this.jobs = jobs;
    this.dryRun = rules.dryRun();
  }

  /**
   * Kept first: a button that is seen has its message in the cluster.
   *
   * @throws io.pidcheck.bot.cluster.ClusterException when the API server cannot be asked
   */
  @Override
  public Optional<Message> under(Found found, AnswerTo answer, Message message) {
    if (acted(answer)) {
      return Optional.empty(); // its buttons are gone, and must not come back
    }
    List<Remedy> offered = Offered.of(found);
    if (!offered.isEmpty()) {
      String text = SentMessage.write(message);
      if (!text.equals(kept.getIfPresent(answer))) {
        jobs.keepShown(found.job().name(), answer, text);
        kept.put(answer, text);
      }
    }
    RemedyButtons buttons = new RemedyButtons(Texts.in(answer.locale()), dryRun);
    return Optional.of(message.with(buttons.row(found.job().node(), offered)));
  }

  private boolean acted(AnswerTo answer) {
    return all.get().stream()
        .map(job -> job.request().place())
        .anyMatch(
            place -> place.channel().equals(answer.channel()) && place.ts().equals(answer.ts()));
  }
}
