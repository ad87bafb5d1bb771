package io.pidcheck.bot.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidcheck.bot.diagnosis.Explanation;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainMessageTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fork/exec /usr/sbin/runc: resource temporarily unavailable | Strong evidence | 强证据",
        "read init-p: connection reset by peer: unknown | Weak evidence | 弱证据",
        "exit status 4: iptables: Resource temporarily unavailable | Look-alike | 形似而非",
        "hello | Says nothing | 看不出",
        "Liveness probe errored: failed to exec in container | errored | Ready",
        "command terminated with exit code 126 | Exit code 126 | 退出码 126",
      })
  void saysWhatKindOfMessageItIs(String pasted, String english, String chinese) {
    assertThat(shown(pasted, Locale.ENGLISH)).contains(english);
    assertThat(shown(pasted, Locale.CHINESE)).contains(chinese);
  }

  @ParameterizedTest
  @CsvSource({"en, /pidcheck node <name>", "zh, /pidcheck node <节点名>"})
  void saysWhatToAskNext(String language, String command) {
    assertThat(shown("fork: Resource temporarily unavailable", Locale.forLanguageTag(language)))
        .contains(command);
  }

  private static String shown(String pasted, Locale locale) {
    return ExplainMessage.of("/pidcheck", Explanation.of(pasted), Texts.in(locale))
        .blocks()
        .toString();
  }
}
