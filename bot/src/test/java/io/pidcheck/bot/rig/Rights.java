package io.pidcheck.bot.rig;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The bot's rights on a real cluster, of which one can be taken away and given back. */
public final class Rights {

  private static final String BOT = "system:serviceaccount:pidcheck:pidcheck";
  private static final Duration SOON = Duration.ofSeconds(30);

  private final KubernetesClient admin;

  public Rights(KubernetesClient admin) {
    this.admin = admin;
  }

  /** Without one of them, from when this returns. */
  public void without(DeployedRule rule) {
    write(rule, List.of(rule));
    await("the API server refuses it").atMost(SOON).until(() -> !allowed(rule));
  }

  /** As they are deployed. */
  public void whole(DeployedRule rule) {
    write(rule, List.of());
    await("the API server allows it").atMost(SOON).until(() -> allowed(rule));
  }

  private void write(DeployedRule one, List<DeployedRule> less) {
    List<PolicyRule> rules =
        DeployedRule.all().stream()
            .filter(rule -> rule.role().equals(one.role()))
            .filter(rule -> rule.namespace().equals(one.namespace()))
            .filter(rule -> !less.contains(rule))
            .map(DeployedRule::rule)
            .toList();
    one.namespace()
        .ifPresentOrElse(
            namespace ->
                admin
                    .rbac()
                    .roles()
                    .inNamespace(namespace)
                    .withName(one.role())
                    .edit(role -> new RoleBuilder(role).withRules(rules).build()),
            () ->
                admin
                    .rbac()
                    .clusterRoles()
                    .withName(one.role())
                    .edit(role -> new ClusterRoleBuilder(role).withRules(rules).build()));
  }

  private boolean allowed(DeployedRule one) {
    String resource = one.rule().getResources().getFirst();
    String[] parts = resource.split("/", 2);
    return Optional.ofNullable(
            admin
                .authorization()
                .v1()
                .subjectAccessReview()
                .create(
                    new SubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withUser(BOT)
                        .withNewResourceAttributes()
                        .withGroup(one.rule().getApiGroups().getFirst())
                        .withResource(parts[0])
                        .withSubresource(parts.length > 1 ? parts[1] : "")
                        .withVerb(one.rule().getVerbs().getFirst())
                        .withNamespace(one.namespace().orElse(""))
                        .endResourceAttributes()
                        .endSpec()
                        .build())
                .getStatus())
        .map(status -> status.getAllowed())
        .orElse(false);
  }
}
