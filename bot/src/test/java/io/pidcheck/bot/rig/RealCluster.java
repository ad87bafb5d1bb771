package io.pidcheck.bot.rig;

import io.pidcheck.bot.Bot;
import io.pidcheck.bot.SettingsException;
import io.pidcheck.bot.SettingsReader;
import io.pidcheck.bot.local.slack.LocalSlack;
import io.pidcheck.bot.local.slack.workspace.SlashCommand;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A local workspace, a real cluster, and a bot with the rights that deploy/ gives it. */
public final class RealCluster implements AutoCloseable {

  private final LocalSlack slack;
  private final Bot bot;

  private RealCluster(Map<String, String> settings) throws IOException, SettingsException {
    slack =
        LocalSlack.start(
            new LocalSlack.Options(
                0,
                List.of(new SlashCommand("/pidcheck", "node <name>", "test")),
                Map.of(),
                Clock.systemUTC()));
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("SLACK_BOT_TOKEN", slack.botToken());
    environment.put("SLACK_APP_TOKEN", slack.appToken());
    environment.put("PIDCHECK_SLACK_API_URL", slack.apiUri().toString());
    environment.put("KUBECONFIG", kubeconfigOfTheBot().toString());
    // where several nodes share a kernel, each kubelet counts the tasks of all of them
    environment.put("PIDCHECK_PROBE_LEAST_FREE_PIDS", "0");
    environment.putAll(settings);
    environment.put("PIDCHECK_RIGHTS_ACT", slack.onCallGroup());
    bot = Bot.start(SettingsReader.read(Optional.empty(), environment));
    bot.connected().join();
  }

  /** With a bot that starts the probe whatever the kubelet counts. */
  public static RealCluster start() {
    return start(Map.of());
  }

  public static RealCluster start(Map<String, String> settings) {
    try {
      return new RealCluster(settings);
    } catch (IOException | SettingsException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns when it leads and sees whatever restarts. */
  public void watches() {
    bot.watching().join();
  }

  /** Where the workspace's page is. */
  public URI page() {
    return slack.uri();
  }

  public Person person(int n) {
    return Person.in(slack.uri(), n);
  }

  /**
   * Made by the script that the README gives to people; needs kubectl ($KUBECTL, or on the PATH).
   */
  private static Path kubeconfigOfTheBot() throws IOException {
    Path file = Files.createTempFile("bot-", ".kubeconfig");
    Process script =
        new ProcessBuilder("../deploy/bot-kubeconfig")
            .redirectOutput(file.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      if (script.waitFor() != 0) {
        throw new IOException("deploy/bot-kubeconfig failed; is deploy/ applied?");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
    file.toFile().deleteOnExit();
    return file;
  }

  @Override
  public void close() {
    bot.close();
    slack.close();
  }
}
