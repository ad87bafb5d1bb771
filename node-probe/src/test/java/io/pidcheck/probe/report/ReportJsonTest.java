package io.pidcheck.probe.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReportJsonTest {

  @Test
  void isReadBackAsItWasWritten() {
    NodeReport report = Reports.full("a\"b\\c\u0001\n\u007F é 服务 🙂 </script>");

    assertThat(Reports.read(ReportJson.of(report))).isEqualTo(report);
  }

  @Test
  void writesWhatIsNotKnownAsNull() {
    NodeReport report = Reports.empty();

    assertThat(new String(ReportJson.of(report), java.nio.charset.StandardCharsets.UTF_8))
        .contains("\"limits\":{\"pidMax\":null,\"threadsMax\":\"unlimited\"}")
        .contains("\"freePids\":null")
        .contains("\"later\":null");
    assertThat(Reports.read(ReportJson.of(report))).isEqualTo(report);
  }

  @Test
  void writesUtf8WhateverTheTextIs() {
    NodeReport report = Reports.full("lone \uD83D surrogate");

    assertThat(Reports.read(ReportJson.of(report)).node().name()).isEqualTo("lone ? surrogate");
  }
}
