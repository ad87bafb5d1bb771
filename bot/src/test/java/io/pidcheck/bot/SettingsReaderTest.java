package io.pidcheck.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {

  private static final Map<String, String> TOKENS =
      Map.of("SLACK_BOT_TOKEN", "xoxb-1", "SLACK_APP_TOKEN", "xapp-1");

  @TempDir private Path folder;

  @Test
  void needsNothingButTheTwoTokens() throws SettingsException {
    Settings settings = SettingsReader.read(Optional.empty(), TOKENS);
    assertThat(settings.kubernetes().namespace()).isEqualTo("pidcheck");
    assertThat(settings.probe().image()).startsWith("pidcheck/node-probe:");
    assertThat(settings.slack().apiUrl()).isEmpty();
    assertThat(settings.language()).isEqualTo(Locale.ENGLISH);
  }

  @Test
  void putsTheEnvironmentOverTheFile() throws SettingsException, IOException {
    Path file =
        file(
            """
            slack:
              apiUrl: http://127.0.0.1:8065/api
            probe:
              image: registry.example.com/pidcheck/node-probe:1.2.3
              deadline: 30s
              serviceAccount: looker
            language: zh
            """);
    Settings settings =
        SettingsReader.read(
            Optional.of(file),
            Map.of(
                "SLACK_BOT_TOKEN", "xoxb-1",
                "SLACK_APP_TOKEN", "xapp-1",
                "PIDCHECK_PROBE_DEADLINE", "2m",
                "PIDCHECK_PROBE_SERVICE_ACCOUNT", "probe"));
    assertThat(settings.slack().apiUrl()).contains(URI.create("http://127.0.0.1:8065/api/"));
    assertThat(settings.probe().deadline()).isEqualTo(Duration.ofMinutes(2));
    assertThat(settings.probe().serviceAccount()).isEqualTo("probe");
    assertThat(settings.language().getLanguage()).isEqualTo("zh");
  }

  @Test
  void namesEveryMistakeAtOnce() throws IOException {
    Path file =
        file(
            """
            slack:
              apiUrl: not a url
              colour: red
            probe:
              image: node-probe:latest
              deadline: soon
              ttl: [1, 2]
            language: fr
            """);
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(
            () -> SettingsReader.read(Optional.of(file), Map.of("SLACK_BOT_TOKEN", "secret")))
        .satisfies(
            problem ->
                assertThat(problem.mistakes())
                    .extracting(mistake -> mistake.substring(0, mistake.indexOf(':')))
                    .containsExactlyInAnyOrder(
                        "slack.colour",
                        "probe.ttl",
                        "slack.botToken",
                        "slack.appToken",
                        "slack.apiUrl",
                        "probe.image",
                        "probe.deadline",
                        "language"))
        .satisfies(problem -> assertThat(problem.getMessage()).doesNotContain("secret"));
  }

  @Test
  void saysWhichFileIsNoYaml() throws IOException {
    Path file = file("a: b: c: [");
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(() -> SettingsReader.read(Optional.of(file), TOKENS))
        .withMessageContaining(file.toString())
        .withMessageContaining("not YAML");
  }

  @Test
  void neverPrintsAToken() throws SettingsException {
    assertThat(SettingsReader.read(Optional.empty(), TOKENS).toString())
        .doesNotContain("xoxb")
        .doesNotContain("xapp");
  }

  private Path file(String yaml) throws IOException {
    return Files.writeString(folder.resolve("pidcheck.yaml"), yaml);
  }
}
