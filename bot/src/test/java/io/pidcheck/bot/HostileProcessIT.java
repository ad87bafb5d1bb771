package io.pidcheck.bot;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidcheck.bot.rig.ManyThreads;
import io.pidcheck.bot.rig.Person;
import io.pidcheck.bot.rig.Rig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A real process that wants to speak through the bot, all the way from /proc to the channel. */
class HostileProcessIT {

  private static final String NAME = "<!channel>`) \n*";
  private static final String BIDI = "\u202Egnp.exe\u2066";
  private static final int THREADS = 1500;

  @TempDir private Path folder;

  @Test
  void isShownButNotHeard() throws IOException {
    Process hostile = start();
    try (Rig rig = Rig.start().withBot()) {
      assertThat(hostile.inputReader().readLine()).isEqualTo("ready");
      Person alex = rig.person(0);
      alex.say("/pidcheck node " + rig.node());
      staysText(alex.reads("<!channel>`)"));
      JsonNode details = alex.reads("--password=***");
      assertThat(Person.shown(details)).contains("<!channel>`)");
      staysText(details);
    } finally {
      hostile.destroy();
    }
  }

  private static void staysText(JsonNode message) {
    assertThat(message.path("text").asString()).doesNotContain("<");
    assertThat(Person.shown(message))
        .doesNotContain("hunter2")
        .doesNotContainPattern("[\u202A-\u202E\u2066-\u2069]");
    everyBlockIsPlain(message.path("blocks"));
  }

  /**
   * Slack interprets mrkdwn, links and broadcasts; a text element of a rich_text block it shows.
   */
  private static void everyBlockIsPlain(JsonNode node) {
    if (node.isObject()) {
      assertThat(node.path("type").asString(""))
          .isNotIn("mrkdwn", "broadcast", "link", "usergroup", "channel");
    }
    node.values().forEach(HostileProcessIT::everyBlockIsPlain);
  }

  private Process start() throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Path named = Files.createSymbolicLink(folder.resolve(NAME), java);
    List<String> command = new ArrayList<>();
    command.add(named.toString());
    command.addAll(List.of("-Xss256k", "-cp", "target/test-classes"));
    command.add(ManyThreads.class.getName());
    command.addAll(List.of("--password=hunter2", "<@U0ALEX> <!everyone> `x`", BIDI));
    command.addAll(List.of("x".repeat(100_000), Integer.toString(THREADS)));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
