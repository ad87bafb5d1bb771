package io.pidcheck.bot.remedy;

import io.pidcheck.bot.cluster.RemedyJob;
import io.pidcheck.bot.incident.Remedied;
import io.pidcheck.bot.message.DeedWords;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What was done to the nodes, as the acts' Jobs remember it. */
public final class Deeds {

  private final Supplier<List<RemedyJob>> all;
  private final DeedWords words;

  /**
   * @param all acts that the cluster remembers
   * @param language of the words
   */
  public Deeds(Supplier<List<RemedyJob>> all, Locale language) {
    this.all = all;
    this.words = new DeedWords(language);
  }

  /** What changed something on that node after then, the earliest first; a dry run did nothing. */
  public List<Remedied> of(String node, Instant after) {
    return all.get().stream()
        .filter(job -> job.node().equals(node) && !job.request().dryRun())
        .flatMap(this::deed)
        .filter(deed -> deed.at().isAfter(after))
        .sorted(Comparator.comparing(Remedied::at))
        .toList();
  }

  private Stream<Remedied> deed(RemedyJob job) {
    return words.of(job).stream()
        .map(
            what ->
                new Remedied(
                    job.story().endedAt().orElse(job.createdAt()), job.request().user(), what));
  }
}
