package io.pidcheck.bot.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidcheck.bot.diagnosis.Advice;
import io.pidcheck.bot.diagnosis.Culprit;
import io.pidcheck.bot.diagnosis.ExitMeaning;
import io.pidcheck.bot.diagnosis.Explanation;
import io.pidcheck.bot.diagnosis.Growth;
import io.pidcheck.bot.diagnosis.Language;
import io.pidcheck.bot.diagnosis.LimitUse;
import io.pidcheck.bot.diagnosis.Link;
import io.pidcheck.bot.diagnosis.ProbeWords;
import io.pidcheck.bot.diagnosis.Restart;
import io.pidcheck.bot.diagnosis.Standing;
import io.pidcheck.bot.diagnosis.Suspicion;
import io.pidcheck.bot.diagnosis.Trend;
import io.pidcheck.bot.diagnosis.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EveryFindingHasATextTest {

  static Stream<String> keys() {
    return Stream.of(
            of("verdict.", Verdict.Reason.values()),
            of("verdict.", Verdict.Reason.values()).map(key -> key + ".bare"),
            of("gap.", Verdict.Gap.values()),
            of("link.", Link.Wording.values()),
            of("objection.", Standing.Objection.values()),
            of("suspect.", Suspicion.Suspect.values()),
            of("finding.", Suspicion.Finding.values()),
            of("suspicion.", Suspicion.Reason.values()),
            of("restart.", Restart.Reason.values()),
            of("growth.", Growth.values()),
            of("mend.", Growth.values()),
            of("language.", Language.values()),
            of("will.", Advice.Will.values()),
            of("willNot.", Advice.WillNot.values()),
            of("trend.", Trend.Direction.values()),
            of("meaning.", Explanation.Meaning.values()),
            of("next.", Explanation.Next.values()),
            of("probe.", ProbeWords.Probe.values()),
            of("probe-verb.", ProbeWords.Verb.values()),
            of("exit.", ExitMeaning.values()),
            of("limit.", LimitUse.Kind.values()),
            of("where.CGROUP.", LimitUse.Scope.values()),
            of("advice.RaiseCgroup.", LimitUse.Scope.values()),
            Arrays.stream(LimitUse.Kind.values())
                .filter(kind -> kind != LimitUse.Kind.CGROUP)
                .map(kind -> "where." + kind.name()),
            of("culprits.", Culprit.class),
            of("advice.", Advice.class).filter(key -> !key.equals("advice.RaiseCgroup")),
            Stream.of("strong", "weak", "look-alike", "silent").map(kind -> "explain." + kind))
        .flatMap(keys -> keys);
  }

  @ParameterizedTest
  @MethodSource("keys")
  void isSaidInBothLanguages(String key) {
    for (String language : List.of("en", "zh")) {
      ResourceBundle texts =
          ResourceBundle.getBundle(
              "io.pidcheck.bot.message.messages", Locale.forLanguageTag(language));
      assertThat(texts.containsKey(key)).as("%s in %s", key, language).isTrue();
      assertThat(texts.getString(key)).isNotBlank();
    }
  }

  private static Stream<String> of(String prefix, Enum<?>[] values) {
    return Arrays.stream(values).map(value -> prefix + value.name());
  }

  /** The records of a sealed interface. */
  private static Stream<String> of(String prefix, Class<?> choice) {
    return Arrays.stream(choice.getPermittedSubclasses())
        .map(record -> prefix + record.getSimpleName());
  }
}
