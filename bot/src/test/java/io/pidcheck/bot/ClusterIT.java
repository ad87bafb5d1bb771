package io.pidcheck.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.pidcheck.bot.rig.Person;
import io.pidcheck.bot.rig.RealCluster;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The truths of a real cluster: {@code mvn verify -Pcluster} with KUBECONFIG of an administrator,
 * deploy/ applied and the probe's image on the node. The bot itself gets its ServiceAccount's
 * rights only.
 */
@Tag("cluster")
class ClusterIT {

  private static final int THREADS = 600;
  private static final String SHOP = "shop";
  private static final String SERVICE = "order-service";
  private static final KubernetesClient ADMIN =
      new KubernetesClientBuilder().withConfig(Config.autoConfigure(null)).build();

  private static RealCluster rig;
  private static String node;

  @BeforeAll
  static void explode() {
    node = ADMIN.nodes().list().getItems().getFirst().getMetadata().getName();
    if (ADMIN.namespaces().withName(SHOP).get() == null) {
      ADMIN.namespaces().resource(namespace()).create();
    }
    ADMIN
        .apps()
        .deployments()
        .inNamespace(SHOP)
        .resource(exploding())
        .createOr(edit -> edit.update());
    ADMIN
        .apps()
        .deployments()
        .inNamespace(SHOP)
        .withName(SERVICE)
        .waitUntilReady(60, TimeUnit.SECONDS);
    rig = RealCluster.start();
  }

  @AfterAll
  static void relieve() {
    rig.close();
    ADMIN.apps().deployments().inNamespace(SHOP).withName(SERVICE).delete();
    ADMIN.close();
  }

  @Test
  void answersWithTheNodesOwnLimitAndTheExplodingPodsName() {
    Person alex = rig.person(0);
    alex.say("/pidcheck node " + node);
    String answer = Person.shown(alex.reads("Who holds them"));
    assertThat(answer).contains(String.format(Locale.ROOT, "of %,d", nodesPidMax()));
    String first = answer.substring(answer.indexOf("Who holds them"));
    assertThat(first.lines().skip(1).limit(4))
        .anyMatch(line -> line.contains(" threads") && line.contains("dotnet"))
        .anyMatch(line -> line.contains(SHOP + "/" + pod().getMetadata().getName()))
        .anyMatch(line -> line.contains("Deployment " + SERVICE) && line.contains("BestEffort"));
    assertThat(Person.shown(alex.reads("***"))).doesNotContain("hunter2");
    assertThat(answer).doesNotContain("hunter2");
  }

  @Test
  void runsTheProbeWithoutAnyPower() {
    Person alex = rig.person(0);
    alex.say("/pidcheck node " + node);
    alex.reads("Who holds them");
    Pod probe =
        ADMIN
            .pods()
            .inNamespace("pidcheck")
            .withLabel("app.kubernetes.io/component", "check")
            .list()
            .getItems()
            .getFirst();
    assertThat(probe.getSpec().getSecurityContext().getRunAsUser()).isEqualTo(65532);
    assertThat(probe.getSpec().getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(probe.getSpec().getVolumes())
        .noneMatch(volume -> volume.getName().contains("token") || volume.getSecret() != null);
    assertThat(probe.getStatus().getQosClass()).isEqualTo("Burstable");
    assertThat(
            probe
                .getStatus()
                .getContainerStatuses()
                .getFirst()
                .getState()
                .getTerminated()
                .getExitCode())
        .isZero();
  }

  /** The kubelet's own figure, past everything that is being tested. */
  private static long nodesPidMax() {
    String summary = ADMIN.raw("/api/v1/nodes/" + node + "/proxy/stats/summary");
    JsonNode rlimit = JsonMapper.builder().build().readTree(summary).at("/node/rlimit/maxpid");
    return rlimit.asLong();
  }

  private static Pod pod() {
    List<Pod> pods =
        await("the exploding pod")
            .atMost(Duration.ofSeconds(30))
            .until(
                () -> ADMIN.pods().inNamespace(SHOP).withLabel("app", SERVICE).list().getItems(),
                found -> found.size() == 1);
    return pods.getFirst();
  }

  private static Namespace namespace() {
    return new NamespaceBuilder().withNewMetadata().withName(SHOP).endMetadata().build();
  }

  /** A BestEffort service with many threads named as .NET's are, and a secret in its arguments. */
  private static Deployment exploding() {
    Map<String, String> labels = Map.of("app", SERVICE);
    return new DeploymentBuilder()
        .withNewMetadata()
        .withName(SERVICE)
        .withNamespace(SHOP)
        .withLabels(labels)
        .endMetadata()
        .withNewSpec()
        .withReplicas(1)
        .withNewSelector()
        .withMatchLabels(labels)
        .endSelector()
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(labels)
        .endMetadata()
        .withNewSpec()
        .withAutomountServiceAccountToken(false)
        .addNewContainer()
        .withName(SERVICE)
        .withImage(System.getenv().getOrDefault("PIDCHECK_EXPLODING_IMAGE", "shop/dotnet:1"))
        .withImagePullPolicy("IfNotPresent")
        .withCommand("dotnet", "OrderService.dll", "--ConnectionString=Server=db;Password=hunter2")
        .addNewEnv()
        .withName("THREADS")
        .withValue(Integer.toString(THREADS))
        .endEnv()
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }
}
