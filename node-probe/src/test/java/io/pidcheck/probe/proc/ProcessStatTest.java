package io.pidcheck.probe.proc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessStatTest {

  /** As Linux 6.18 has it. */
  private static final String REST =
      " S 16291 16313 16313 0 -1 4194304 7101 5714 9 2 439 322 2 5 20 0 12 0 60236 1612546048 12564"
          + " 18446744073709551615 12972032 32207857 140725823852704 0 0 0 1002055680 0 2143420159 0 0 0"
          + " 17 1 0 0 0 0 0 51809320 52363832 659259392 140725823855206 140725823855268 140725823855268"
          + " 140725823856608 0\n";

  @Test
  void readsTheFieldsThatCount() {
    assertThat(parse("16313 (containerd)" + REST))
        .contains(new ProcessStat(16313, 16291, 'S', false, 12, 60236, "containerd"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a) R 1 1 (b", "))))", "((((", "", " ", "a\nb) S 9 9"})
  void isNotMisledByTheName(String comm) {
    Optional<ProcessStat> stat = parse("7 (" + comm + ")" + REST);

    assertThat(stat).isPresent();
    assertThat(stat.get().ppid()).isEqualTo(16291);
    assertThat(stat.get().threads()).isEqualTo(12);
    assertThat(stat.get().comm()).isEqualTo(comm.replace('\n', ' '));
  }

  @Test
  void knowsKernelThreadsByTheirFlag() {
    Optional<ProcessStat> kthreadd =
        parse("2 (kthreadd) S 0 0 0 0 -1 2129984 0 0 0 0 0 0 0 0 20 0 1 0 24 0 0 1");

    assertThat(kthreadd).isPresent();
    assertThat(kthreadd.get().kernelThread()).isTrue();
  }

  @Test
  void shortensTheLongNamesThatTheKernelGivesItsWorkers() {
    assertThat(parse("10 (kworker/0:0H-events_highpri)" + REST).orElseThrow().comm())
        .isEqualTo("kworker/0:0H-e…");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "12",
        "12 (a",
        "12 (a)",
        "12 (a) ",
        "12 (a) S",
        "12 (a) S 1 2 3",
        "x (a) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20",
      })
  void hasNoAnswerForHalfAFile(String text) {
    assertThat(parse(text)).isEmpty();
  }

  private static Optional<ProcessStat> parse(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return ProcessStat.parse(bytes, bytes.length);
  }
}
