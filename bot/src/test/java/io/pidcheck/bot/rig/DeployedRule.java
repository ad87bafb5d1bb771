package io.pidcheck.bot.rig;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One rule of a Role or ClusterRole in deploy/, by its place there.
 *
 * @param namespace of the Role; empty for a ClusterRole
 */
public record DeployedRule(String role, Optional<String> namespace, int index, PolicyRule rule) {

  private static final Path DEPLOY = Path.of("..", "deploy");

  /** All that the base and the record give the bot. */
  public static List<DeployedRule> all() {
    return Stream.of("base/rbac.yaml", "record/rbac.yaml").flatMap(DeployedRule::in).toList();
  }

  private static Stream<DeployedRule> in(String file) {
    String yaml;
    try {
      yaml = Files.readString(DEPLOY.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<DeployedRule> rules = new ArrayList<>();
    for (String document : yaml.split("(?m)^---$", -1)) {
      HasMetadata object = new KubernetesSerialization().unmarshal(document);
      if (object instanceof Role role) {
        String namespace =
            Optional.ofNullable(role.getMetadata().getNamespace()).orElse("pidcheck");
        add(rules, object, Optional.of(namespace), role.getRules());
      } else if (object instanceof ClusterRole role) {
        add(rules, object, Optional.empty(), role.getRules());
      }
    }
    return rules.stream();
  }

  private static void add(
      List<DeployedRule> all,
      HasMetadata role,
      Optional<String> namespace,
      List<PolicyRule> rules) {
    for (int i = 0; i < rules.size(); i++) {
      all.add(new DeployedRule(role.getMetadata().getName(), namespace, i, rules.get(i)));
    }
  }

  /** {@code Role pidcheck: jobs}, by which a test's table names it. */
  public String name() {
    String verbs = rule.getVerbs().equals(List.of("delete")) ? " delete" : "";
    return (namespace.isPresent() ? "Role " : "ClusterRole ")
        + role
        + ": "
        + String.join(",", rule.getResources())
        + verbs;
  }

  /** Whoever has this one has no use for the other. */
  public boolean covers(DeployedRule other) {
    return (namespace.isEmpty() || namespace.equals(other.namespace()))
        && rule.getApiGroups().containsAll(other.rule().getApiGroups())
        && rule.getResources().containsAll(other.rule().getResources())
        && rule.getVerbs().containsAll(other.rule().getVerbs());
  }
}
