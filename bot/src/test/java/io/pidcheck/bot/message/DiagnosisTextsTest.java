package io.pidcheck.bot.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidcheck.bot.diagnosis.Advice;
import io.pidcheck.bot.diagnosis.ExitMeaning;
import io.pidcheck.bot.diagnosis.Explanation;
import io.pidcheck.bot.diagnosis.Growth;
import io.pidcheck.bot.diagnosis.LimitUse;
import io.pidcheck.bot.diagnosis.Link;
import io.pidcheck.bot.diagnosis.Restart;
import io.pidcheck.bot.diagnosis.Standing;
import io.pidcheck.bot.diagnosis.Suspicion;
import io.pidcheck.bot.diagnosis.Trend;
import io.pidcheck.bot.diagnosis.Verdict;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DiagnosisTextsTest {

  @Test
  void hasWordsForWhateverADiagnosisMaySay() {
    Texts english = Texts.in(Locale.ENGLISH);
    assertThat(
            Stream.of(
                    keys("limit.", LimitUse.Kind.values(), ""),
                    keys("verdict.", Verdict.Reason.values(), ""),
                    keys("gap.", Verdict.Gap.values(), ""),
                    keys("growth.", Growth.values(), ""),
                    keys("growth.", Growth.values(), ".why"),
                    keys("link.", Link.Wording.values(), ""),
                    keys("objection.", Standing.Objection.values(), ""),
                    keys("restart.", Restart.Reason.values(), ""),
                    keys("suspect.", Suspicion.Suspect.values(), ""),
                    keys("finding.", Suspicion.Finding.values(), ""),
                    keys("suspicion.", Suspicion.Reason.values(), ""),
                    keys("trend.", Trend.Direction.values(), ""),
                    keys("will.", Advice.Will.values(), ""),
                    keys("will-not.", Advice.WillNot.values(), ""),
                    keys("explain.", Explanation.Meaning.values(), ""),
                    keys("next.", Explanation.Next.values(), ""),
                    keys("exit.", ExitMeaning.values(), ""))
                .flatMap(keys -> keys))
        .allSatisfy(key -> assertThat(english.pattern(key)).as(key).isNotBlank());
  }

  private static Stream<String> keys(String prefix, Enum<?>[] values, String suffix) {
    return Arrays.stream(values).map(value -> prefix + value.name() + suffix);
  }
}
