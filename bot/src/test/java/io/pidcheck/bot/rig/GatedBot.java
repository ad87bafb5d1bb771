package io.pidcheck.bot.rig;

import io.pidcheck.bot.Bot;
import io.pidcheck.bot.SettingsException;
import io.pidcheck.bot.SettingsReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A bot between a workspace and a cluster, with a gate on each side. */
public final class GatedBot implements AutoCloseable {

  private static final Pattern SERVER = Pattern.compile("server: \"?(http://[^\"\\s]+)");

  private final Gate cluster;
  private final Gate slack;
  private final Bot bot;

  private GatedBot(Gate cluster, Gate slack, Bot bot) {
    this.cluster = cluster;
    this.slack = slack;
    this.bot = bot;
  }

  /** Returns when commands reach it. */
  public static GatedBot start(Rig rig, Map<String, String> settings, Cut cut) {
    return start(rig, settings, cut, Clock.systemUTC());
  }

  /** The same, by that clock. */
  public static GatedBot start(Rig rig, Map<String, String> settings, Cut cut, Clock clock) {
    Map<String, String> environment = new HashMap<>(rig.environment());
    environment.putAll(settings);
    try {
      String kubeconfig = Files.readString(rig.cluster().kubeconfig());
      Matcher server = SERVER.matcher(kubeconfig);
      if (!server.find()) {
        throw new IllegalStateException("no server in " + kubeconfig);
      }
      Gate cluster = Gate.before(URI.create(server.group(1)), cut);
      Path gated = Files.createTempFile("gated-", ".kubeconfig");
      gated.toFile().deleteOnExit();
      Files.writeString(
          gated,
          kubeconfig.replace(
              server.group(1), cluster.address(URI.create(server.group(1))).toString()));
      environment.put("KUBECONFIG", gated.toString());
      URI api = URI.create(Objects.requireNonNull(environment.get("PIDCHECK_SLACK_API_URL")));
      Gate slack = Gate.before(api, cut);
      environment.put("PIDCHECK_SLACK_API_URL", slack.address(api).toString());
      Bot bot = Bot.start(SettingsReader.read(Optional.empty(), environment), clock);
      bot.connected().join();
      return new GatedBot(cluster, slack, bot);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SettingsException e) {
      throw new IllegalStateException(e);
    }
  }

  public Gate cluster() {
    return cluster;
  }

  /** Needs http.port. */
  public Health health() {
    return Health.at(bot.healthPort().orElseThrow());
  }

  @Override
  public void close() {
    cluster.close();
    slack.close();
    bot.close();
  }
}
