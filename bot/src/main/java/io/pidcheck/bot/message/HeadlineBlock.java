package io.pidcheck.bot.message;

import com.slack.api.model.block.LayoutBlock;
import io.pidcheck.bot.diagnosis.Diagnosis;
import io.pidcheck.bot.diagnosis.LimitUse;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The first line that tells all, and how full each ceiling is that matters now. */
final class HeadlineBlock {

  private static final int OTHER_BARS = 2;

  private final Texts texts;

  HeadlineBlock(Texts texts) {
    this.texts = texts;
  }

  /**
   * @param threads in use, for where no ceiling is known
   */
  LayoutBlock block(Diagnosis diagnosis, String node, long threads) {
    VerdictWords words = new VerdictWords(texts);
    Rich rich = words.line(diagnosis.verdict(), node, threads);
    diagnosis.trend().ifPresent(trend -> rich.plain(" · ").and(words.trend(trend)));
    for (LimitUse limit : others(diagnosis)) {
      rich.newLine().code(Bar.of(limit.usedShare())).plain(" ").and(LimitWords.of(limit, texts));
    }
    return rich.block();
  }

  /** pid_max where another one decides, and what else refuses or would refuse next. */
  private static List<LimitUse> others(Diagnosis diagnosis) {
    Optional<LimitUse> deciding = diagnosis.verdict().deciding();
    return Stream.of(
            diagnosis.limits().pidMax().stream(),
            diagnosis.limits().next().stream(),
            diagnosis.limits().all().stream().filter(LimitUse::tight))
        .flatMap(limits -> limits)
        .distinct()
        .filter(limit -> deciding.isEmpty() || !limit.equals(deciding.get()))
        .limit(OTHER_BARS)
        .toList();
  }
}
