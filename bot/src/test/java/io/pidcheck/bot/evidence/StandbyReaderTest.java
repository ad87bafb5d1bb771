package io.pidcheck.bot.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidcheck.bot.evidence.StandbyReader.Said;
import org.junit.jupiter.api.Test;

/** A standby probe's log is read for one order, whatever else stands in it. */
class StandbyReaderTest {

  private static final String OURS = "11111111-1111-4111-8111-111111111111";
  private static final String OTHERS = "22222222-2222-4222-8222-222222222222";

  @Test
  void hearsNothingWhereNothingWasSaidOfTheOrder() {
    assertThat(StandbyReader.in("", OURS)).isEqualTo(new Said.Nothing());
    assertThat(StandbyReader.in(line("done", OTHERS, "\"result\":{}"), OURS))
        .isEqualTo(new Said.Nothing());
    assertThat(StandbyReader.in("{\"standby\":1,\"said\":\"ready\"}\n", OURS))
        .isEqualTo(new Said.Nothing());
  }

  @Test
  void hearsTheLastWord() {
    String log = line("begun", OURS, "\"why\":\"\"");
    assertThat(StandbyReader.in(log, OURS)).isEqualTo(new Said.Begun());
    assertThat(StandbyReader.in(log + line("done", OURS, "\"result\":{\"a\":[1,2]}"), OURS))
        .isEqualTo(new Said.Done("{\"a\":[1,2]}"));
    assertThat(StandbyReader.in(log + line("failed", OURS, "\"why\":\"a bug\""), OURS))
        .isEqualTo(new Said.Failed("a bug"));
    assertThat(StandbyReader.in(line("refused", OURS, "\"why\":\"late\""), OURS))
        .isEqualTo(new Said.Refused("late"));
  }

  @Test
  void standsGarbageAroundIt() {
    String log =
        "\0\uFFFD[[[{\n"
            + OURS
            + "\n{\"order\":\""
            + OURS
            + "\n"
            + line("begun", OURS, "\"why\":\"\"");
    assertThat(StandbyReader.in(log, OURS)).isEqualTo(new Said.Begun());
  }

  @Test
  void believesNoReportThatQuotesTheOrder() {
    String quoted = "\"result\":{\"commandLine\":\"{\\\"order\\\":\\\"" + OURS + "\\\"}\"}";
    assertThat(StandbyReader.in(line("done", OTHERS, quoted), OURS)).isEqualTo(new Said.Nothing());
  }

  @Test
  void doesNotTakeALineThatWasCutForAnAnswer() {
    String whole = line("done", OURS, "\"result\":{\"version\":1}");
    String cut = whole.substring(0, whole.length() - 4);
    assertThat(StandbyReader.in(line("begun", OURS, "\"why\":\"\"") + cut, OURS))
        .isEqualTo(new Said.Begun());
  }

  @Test
  void passesOverAWordThatItDoesNotKnow() {
    String log = line("begun", OURS, "\"why\":\"\"") + line("thinking", OURS, "\"why\":\"\"");
    assertThat(StandbyReader.in(log, OURS)).isEqualTo(new Said.Begun());
  }

  private static String line(String said, String order, String rest) {
    return "{\"standby\":1,\"said\":\"" + said + "\",\"order\":\"" + order + "\"," + rest + "}\n";
  }
}
