package io.pidcheck.bot;

import io.pidcheck.bot.local.cluster.LocalCluster;
import io.pidcheck.bot.local.cluster.explosion.ExplosionFailed;
import io.pidcheck.bot.local.cluster.explosion.LocalExplosion;
import io.pidcheck.bot.local.slack.ControlAction;
import io.pidcheck.bot.local.slack.LocalSlack;
import io.pidcheck.bot.local.slack.workspace.SlashCommand;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Everything on one machine: a Slack workspace and a cluster on localhost, and the very bot that
 * serves elsewhere, which only gets other addresses.
 */
final class LocalMode implements Closeable {

  /**
   * What to set up.
   *
   * @param port of the workspace's page; 0 for any that is free
   * @param explode threads of the exploding process; 0 for none
   * @param standby the probe also stands by on the embedded cluster's node, to look
   * @param kubeconfig a real cluster instead of the embedded one
   * @param root the project's folder, where the built probe is
   */
  record Options(
      int port,
      int explode,
      boolean standby,
      Optional<Path> kubeconfig,
      Optional<Path> config,
      Path root) {}

  // the workspace's first channel: what the bot says unasked goes there
  private static final String ALERTS = "C0ALERTS";

  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private final LocalSlack workspace;
  private final Optional<String> node;
  private final Bot bot;

  private LocalMode(Options options, Map<String, String> environment)
      throws SettingsException, IOException, ExplosionFailed {
    Map<String, String> overlaid = new HashMap<>(environment);
    overlaid.putIfAbsent("PIDCHECK_PROBE_IMAGE", "pidcheck/node-probe:" + Version.CURRENT);
    overlaid.putIfAbsent("PIDCHECK_WATCH_CHANNEL", ALERTS);
    Map<String, ControlAction> controls = new HashMap<>();
    try {
      if (options.kubeconfig().isPresent()) {
        if (options.explode() > 0) {
          running.push(LocalExplosion.start(options.explode()));
        }
        overlaid.put("KUBECONFIG", options.kubeconfig().get().toString());
        node = Optional.empty();
      } else {
        LocalCluster cluster = cluster(options.root(), overlaid);
        overlaid.put("KUBECONFIG", cluster.kubeconfig().toString());
        controls.put("calico/restart", _ -> done(cluster::restartCalico));
        controls.put("calico/rollout", _ -> done(cluster::rolloutCalico));
        node = Optional.of(cluster.nodeName());
        if (options.standby()) {
          cluster.standBy(overlaid.getOrDefault("PIDCHECK_PROBE_IMAGE", ""), false);
        }
        if (options.explode() > 0) {
          cluster.explode(options.explode());
        }
      }
      workspace = workspace(options.port(), controls);
      overlaid.put("SLACK_BOT_TOKEN", workspace.botToken());
      overlaid.put("SLACK_APP_TOKEN", workspace.appToken());
      overlaid.putIfAbsent("PIDCHECK_RIGHTS_ACT", workspace.onCallGroup());
      overlaid.put("PIDCHECK_SLACK_API_URL", workspace.apiUri().toString());
      bot = Bot.start(SettingsReader.read(options.config(), overlaid));
      running.push(bot);
    } catch (SettingsException | IOException | ExplosionFailed | RuntimeException e) {
      close();
      throw e;
    }
  }

  static LocalMode start(Options options, Map<String, String> environment)
      throws SettingsException, IOException, ExplosionFailed {
    return new LocalMode(options, environment);
  }

  /** Where the page is. */
  String address() {
    return workspace.uri().toString();
  }

  /** The embedded cluster's only node; empty with a real cluster. */
  Optional<String> node() {
    return node;
  }

  /** Done when commands reach the bot; in the embedded cluster, also when restarts do. */
  CompletableFuture<Void> ready() {
    return node.isPresent()
        ? CompletableFuture.allOf(bot.connected(), bot.watching())
        : bot.connected(); // in a real cluster another bot may lead
  }

  private LocalCluster cluster(Path root, Map<String, String> environment) {
    String image = Objects.requireNonNull(environment.get("PIDCHECK_PROBE_IMAGE"));
    LocalCluster cluster =
        LocalCluster.start(LocalCluster.Options.ofThisMachine(Map.of(image, probe(root))));
    running.push(cluster);
    return cluster;
  }

  private LocalSlack workspace(int port, Map<String, ControlAction> controls) {
    LocalSlack slack =
        LocalSlack.start(new LocalSlack.Options(port, commands(), controls, Clock.systemUTC()));
    running.push(slack);
    return slack;
  }

  /** The probe's image, as a command line: what the image's entrypoint is. */
  private static List<String> probe(Path root) {
    Path module = root.resolve("node-probe");
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "@" + module.resolve("src/main/dist/jvm.args"),
        "-cp",
        module.resolve("target/node-probe.jar") + ":" + module.resolve("target/lib").resolve("*"),
        "io.pidcheck.probe.NodeProbe");
  }

  /** The slash commands, as the Slack app's manifest has them. */
  private static List<SlashCommand> commands() {
    try (InputStream in = LocalMode.class.getResourceAsStream("manifest.yaml")) {
      JsonNode manifest = new YAMLMapper().readTree(Objects.requireNonNull(in, "manifest.yaml"));
      return StreamSupport.stream(manifest.at("/features/slash_commands").spliterator(), false)
          .map(
              command ->
                  new SlashCommand(
                      command.path("command").asString(),
                      command.path("usage_hint").asString(),
                      command.path("description").asString()))
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException("manifest.yaml cannot be read", e);
    }
  }

  private static JsonNode done(Runnable control) {
    control.run();
    return JsonNodeFactory.instance.objectNode().put("ok", true);
  }

  /** Stops all of it, the last started first. */
  @Override
  public void close() {
    while (!running.isEmpty()) {
      try {
        running.pop().close();
      } catch (Exception e) { // AutoCloseable declares it; the others must be closed all the same
        System.err.println("pidcheck: while stopping: " + e.getMessage());
      }
    }
  }
}
