package io.pidcheck.bot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The settings as written: a default each, over it the YAML file, over that the environment. */
final class SettingValues {

  private static final String PREFIX = "PIDCHECK_";

  /** Every setting and its default; "" where it has none. */
  private static final Map<String, String> KNOWN = known();

  /** Names that other tools use too. */
  private static final Map<String, String> WELL_KNOWN =
      Map.of(
          "slack.botToken", "SLACK_BOT_TOKEN",
          "slack.appToken", "SLACK_APP_TOKEN",
          "kubernetes.kubeconfig", "KUBECONFIG",
          "kubernetes.namespace", "POD_NAMESPACE");

  /** Settings that are named by their user: one for each Kubernetes namespace. */
  static final String RIGHTS_IN = "rights.actIn.";

  private static final Set<String> LISTS = Set.of("rights.look", "rights.act", "remedy.protect");

  private final Map<String, String> values = new LinkedHashMap<>(KNOWN);
  private final List<String> mistakes;

  /**
   * Nothing but the defaults yet.
   *
   * @param mistakes takes one line for each thing that is wrong
   */
  SettingValues(List<String> mistakes) {
    this.mistakes = mistakes;
  }

  private static Map<String, String> known() {
    Map<String, String> known = new LinkedHashMap<>();
    known.put("slack.botToken", "");
    known.put("slack.appToken", "");
    known.put("slack.apiUrl", "");
    known.put("slack.command", "/pidcheck");
    known.put("kubernetes.kubeconfig", "");
    known.put("kubernetes.namespace", "pidcheck");
    known.put("probe.image", "pidcheck/node-probe:" + Version.CURRENT);
    known.put("probe.deadline", "60s");
    known.put("probe.ttl", "1h");
    known.put("probe.serviceAccount", "pidcheck-probe");
    known.put("probe.priorityClass", "system-node-critical");
    known.put("probe.cpu", "250m");
    known.put("probe.memory", "96Mi");
    known.put("probe.standby", "auto");
    known.put("probe.standbyAnswers", "5s");
    known.put("watch.channel", "");
    known.put("watch.routes", "");
    known.put("watch.mention", "");
    known.put("watch.daemonSets", "k8s-app=calico-node:calico-node");
    known.put("watch.quietHours", "");
    known.put("watch.calm", "5m");
    known.put("watch.stormFrom", "5");
    known.put("leader.lease", "10s");
    known.put("http.port", "");
    known.put("probe.leastFreePids", "60");
    known.put("kubelet.via", "direct");
    known.put("kubelet.caFile", "");
    known.put("kubelet.deadline", "2s");
    known.put("kubelet.connections", "100");
    known.put("kubelet.pollEvery", "60s");
    known.put("language", "en");
    known.put("rights.look", "*");
    known.put("rights.act", "");
    known.put("approval.kill", "none");
    known.put("approval.pidMax", "none");
    known.put("approval.deletePod", "none");
    known.put("approval.expiry", "15m");
    known.put("remedy.grace", "10s");
    known.put("remedy.evidenceMaxAge", "10m");
    known.put("remedy.dryRun", "false");
    known.put("remedy.protect", "");
    known.put("remedy.serviceAccount", "pidcheck-remedy");
    known.put("remedy.deadline", "60s");
    known.put("remedy.calicoWait", "5m");
    known.put("remedy.lookAgain", "5m");
    return known;
  }

  String get(String key) {
    return values.getOrDefault(key, "");
  }

  /** What was set below this prefix, by the rest of the name. */
  Map<String, String> below(String prefix) {
    Map<String, String> found = new LinkedHashMap<>();
    values.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            found.put(key.substring(prefix.length()), value);
          }
        });
    return found;
  }

  /** The environment variable that a person would set. */
  static String variable(String key) {
    String wellKnown = WELL_KNOWN.get(key);
    return wellKnown == null ? prefixed(key) : wellKnown;
  }

  void readFile(Path file) {
    try {
      flatten("", YAMLMapper.builder().build().readTree(Files.readString(file)));
    } catch (IOException e) {
      mistakes.add("settings file " + file + ": cannot be read (" + e.getMessage() + ")");
    } catch (JacksonException e) {
      mistakes.add("settings file " + file + ": not YAML: " + e.getOriginalMessage());
    }
  }

  void readEnvironment(Map<String, String> environment) {
    for (String key : KNOWN.keySet()) {
      Optional.ofNullable(environment.get(variable(key)))
          .or(() -> Optional.ofNullable(environment.get(prefixed(key))))
          .filter(value -> !value.isBlank())
          .ifPresent(value -> values.put(key, value.strip()));
    }
  }

  private void flatten(String path, JsonNode node) {
    if (node.isObject()) {
      String prefix = path.isEmpty() ? "" : path + ".";
      node.properties().forEach(entry -> flatten(prefix + entry.getKey(), entry.getValue()));
    } else if (!KNOWN.containsKey(path) && !path.startsWith(RIGHTS_IN)) {
      mistakes.add(
          path.isEmpty()
              ? "the settings file is not a YAML mapping"
              : path
                  + ": no such setting; there are "
                  + String.join(", ", new TreeSet<>(KNOWN.keySet())));
    } else if (node.isValueNode() && !node.isNull()) {
      values.put(path, node.asString());
    } else if (node.isArray() && (LISTS.contains(path) || path.startsWith(RIGHTS_IN))) {
      values.put(
          path,
          StreamSupport.stream(node.spliterator(), false)
              .map(one -> one.asString(""))
              .collect(Collectors.joining(",")));
    } else if (!node.isNull()) {
      mistakes.add(path + ": must be one value, not a list");
    }
  }

  private static String prefixed(String key) {
    return PREFIX
        + key.replaceAll("([a-z])([A-Z])", "$1_$2").replace('.', '_').toUpperCase(Locale.ROOT);
  }
}
