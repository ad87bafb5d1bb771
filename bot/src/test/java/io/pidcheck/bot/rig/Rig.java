package io.pidcheck.bot.rig;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.pidcheck.bot.Bot;
import io.pidcheck.bot.SettingsException;
import io.pidcheck.bot.SettingsReader;
import io.pidcheck.bot.local.cluster.LocalCluster;
import io.pidcheck.bot.local.slack.LocalSlack;
import io.pidcheck.bot.local.slack.workspace.SlashCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A workspace, a cluster and a bot between them, over real HTTP and WebSocket. */
public final class Rig implements AutoCloseable {

  public static final String IMAGE = "pidcheck/node-probe:test";

  private final LocalSlack slack;
  private final LocalCluster cluster;
  private final KubernetesClient admin;
  private final Clock clock;
  private Optional<Bot> bot = Optional.empty();

  private Rig(List<String> probe, Clock clock) {
    this.clock = clock;
    cluster =
        LocalCluster.start(
            LocalCluster.Options.ofThisMachine(Map.of(IMAGE, probe)).withClock(clock));
    admin = kubernetes();
    slack =
        LocalSlack.start(
            new LocalSlack.Options(
                0, List.of(new SlashCommand("/pidcheck", "node <name>", "test")), Map.of(), clock));
  }

  /** With the real probe. */
  public static Rig start() {
    return start(probe());
  }

  /** With another program in the probe's place. */
  public static Rig start(List<String> probe) {
    return new Rig(probe, Clock.systemUTC());
  }

  /** With a workspace, a cluster and bots that go by that clock. */
  public static Rig start(Clock clock) {
    return new Rig(probe(), clock);
  }

  /** The real probe, started as its image starts it. */
  public static List<String> probe() {
    Path module = Path.of("..", "node-probe").toAbsolutePath().normalize();
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "@" + module.resolve("src/main/dist/jvm.args"),
        "-cp",
        module.resolve("target/classes").toString(),
        "io.pidcheck.probe.NodeProbe");
  }

  public LocalCluster cluster() {
    return cluster;
  }

  /** With all rights, as an administrator has it; to be closed. */
  public KubernetesClient kubernetes() {
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(cluster.kubeconfig().toFile()))
        .build();
  }

  /**
   * The same for as long as the rig is there: to look again and again costs no client each time.
   */
  public KubernetesClient admin() {
    return admin;
  }

  /** Whoever holds it is dead: nobody waits until it has run out. */
  public void endLease() {
    admin.leases().inNamespace("pidcheck").withName("pidcheck-leader").delete();
  }

  public String node() {
    return cluster.nodeName();
  }

  public Person person(int n) {
    return Person.in(slack.uri(), n);
  }

  /** What the environment of a bot must be, to be between these two. */
  public Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("SLACK_BOT_TOKEN", slack.botToken());
    environment.put("SLACK_APP_TOKEN", slack.appToken());
    environment.put("PIDCHECK_SLACK_API_URL", slack.apiUri().toString());
    environment.put("KUBECONFIG", cluster.kubeconfig().toString());
    environment.put("PIDCHECK_PROBE_IMAGE", IMAGE);
    environment.put("PIDCHECK_PROBE_DEADLINE", "20s");
    return environment;
  }

  public Rig withBot() {
    return withBot(Map.of());
  }

  /** Starts a bot and waits until commands reach it. */
  public Rig withBot(Map<String, String> settings) {
    Map<String, String> environment = environment();
    environment.putAll(settings);
    try {
      Bot started = Bot.start(SettingsReader.read(Optional.empty(), environment), clock);
      started.connected().join();
      bot = Optional.of(started);
      return this;
    } catch (SettingsException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Where the bot's health is told; see {@link #withBot(Map)} and http.port. */
  public int healthPort() {
    return bot.flatMap(Bot::healthPort).orElseThrow();
  }

  public void stopBot() {
    bot.ifPresent(Bot::close);
    bot = Optional.empty();
  }

  @Override
  public void close() {
    stopBot();
    slack.close();
    admin.close();
    cluster.close();
  }
}
