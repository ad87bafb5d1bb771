package io.pidcheck.bot.message;

import io.pidcheck.bot.diagnosis.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the rules had to do without. */
final class GapWords {

  private final Texts texts;

  GapWords(Texts texts) {
    this.texts = texts;
  }

  Optional<Rich> gaps(Verdict verdict) {
    List<Verdict.Gap> gaps = verdict.missing();
    if (gaps.isEmpty()) {
      return Optional.empty();
    }
    String names =
        gaps.stream()
            .map(gap -> texts.get("gap." + gap.name()))
            .collect(Collectors.joining(texts.get("gap.comma")));
    return Optional.of(new Rich().say(texts, "gaps", names));
  }
}
