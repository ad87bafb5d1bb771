package io.pidcheck.bot.message;

import io.pidcheck.bot.cluster.PodRef;
import io.pidcheck.bot.diagnosis.Cause;
import io.pidcheck.bot.diagnosis.Culprit;
import io.pidcheck.bot.diagnosis.Culprits;
import io.pidcheck.bot.diagnosis.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who did it, in one sentence, and why it usually happens, as likely. */
final class CulpritWords {

  private static final int NAME = 160;
  private static final int CAUSES = 2;

  private final Texts texts;

  CulpritWords(Texts texts) {
    this.texts = texts;
  }

  Rich sentence(Culprits culprits) {
    return new Rich()
        .say(
            texts,
            "culprits." + kind(culprits.found()),
            culprits.found().size(),
            culprits.together(),
            culprits.whole(),
            texts.percent(culprits.share()));
  }

  private static String kind(List<Culprit> found) {
    String first = kind(found.getFirst());
    return found.stream().allMatch(culprit -> kind(culprit).equals(first)) ? first : "mixed";
  }

  private static String kind(Culprit culprit) {
    return culprit.getClass().getSimpleName();
  }

  static String name(PodRef pod) {
    return pod.namespace() + "/" + pod.name();
  }

  /** The first cause, and one more where another language has another reason. */
  List<Rich> causes(List<Cause> causes) {
    List<Rich> lines = new ArrayList<>();
    List<Language> told = new ArrayList<>();
    for (Cause cause : causes) {
      if (lines.size() < CAUSES && !told.contains(cause.language())) {
        told.add(cause.language());
        lines.add(cause(cause));
      }
    }
    return lines;
  }

  private Rich cause(Cause cause) {
    Rich rich = new Rich();
    if (cause.language() == Language.UNKNOWN) {
      rich.say(texts, "cause.unnamed");
    } else {
      rich.say(texts, "cause.language", texts.get("language." + cause.language().name()));
    }
    rich.say(texts, "growth." + cause.growth().name());
    Optional<Rich> names = threads(cause);
    return names.map(rich::and).orElse(rich);
  }

  private Optional<Rich> threads(Cause cause) {
    return cause
        .threads()
        .map(
            name ->
                new Rich()
                    .say(
                        texts,
                        "cause.threads",
                        name.threads(),
                        Math.max(cause.counted(), name.threads()),
                        Foreign.line(name.name(), NAME)));
  }
}
