package io.pidcheck.bot.rig;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The bot as pods of a real cluster, by an overlay of deploy/base, as an administrator sees it. */
public record DeployedBot(KubernetesClient admin) {

  private static final String NAMESPACE = "pidcheck";

  /** Its namespace, and the Secret with its tokens, as the README says. */
  public static void mayUse(String botToken, String appToken) {
    Kubectl.run("create", "namespace", NAMESPACE, "--save-config");
    String bot = "--from-literal=SLACK_BOT_TOKEN=" + botToken;
    String app = "--from-literal=SLACK_APP_TOKEN=" + appToken;
    Kubectl.run("-n", NAMESPACE, "create", "secret", "generic", "pidcheck-slack", bot, app);
  }

  public static void apply(String overlay) {
    System.out.println(Kubectl.run("apply", "-k", overlay));
  }

  /** With its namespace and all that is in it. */
  public static void delete(String overlay) {
    Kubectl.run("delete", "-k", overlay, "--ignore-not-found");
  }

  /** Waits until all replicas are ready. */
  public static void isRolledOut() {
    Kubectl.run("-n", NAMESPACE, "rollout", "status", "deployment/pidcheck", "--timeout=180s");
  }

  public boolean hasNamespace() {
    return admin.namespaces().withName(NAMESPACE).get() != null;
  }

  /** What there is beside it that an overlay could have made. */
  public List<String> outsideOfItsNamespace() {
    return Stream.<List<? extends HasMetadata>>of(
            admin.rbac().clusterRoles().list().getItems(),
            admin.rbac().clusterRoleBindings().list().getItems(),
            admin.rbac().roles().inNamespace("default").list().getItems(),
            admin.rbac().roleBindings().inNamespace("default").list().getItems(),
            admin.configMaps().inNamespace("default").list().getItems())
        .flatMap(List::stream)
        .map(object -> object.getKind() + " " + object.getMetadata().getName())
        .toList();
  }

  public String node() {
    return admin.nodes().list().getItems().getFirst().getMetadata().getName();
  }

  /** Its replicas, those that are ending too. */
  public Set<String> pods() {
    return names(
        admin
            .pods()
            .inNamespace(NAMESPACE)
            .withLabel("app.kubernetes.io/component", "bot")
            .list()
            .getItems());
  }

  /** What it has written down. */
  public Set<String> remembered() {
    return names(
        admin
            .configMaps()
            .inNamespace(NAMESPACE)
            .withLabel("app.kubernetes.io/managed-by", "pidcheck")
            .list()
            .getItems());
  }

  private static Set<String> names(List<? extends HasMetadata> objects) {
    return objects.stream().map(it -> it.getMetadata().getName()).collect(Collectors.toSet());
  }

  /** The name of the replica that leads; empty for none. */
  public String leader() {
    return admin
        .leases()
        .inNamespace(NAMESPACE)
        .withName("pidcheck-leader")
        .get()
        .getSpec()
        .getHolderIdentity();
  }

  /** Whether it is a replica in one of those pods. */
  public static boolean isOf(Set<String> pods, String replica) {
    return pods.stream().anyMatch(pod -> replica.startsWith(pod + "_"));
  }
}
