package io.pidcheck.bot.local.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.pidcheck.bot.local.cluster.explosion.ExplosionFailed;
import io.pidcheck.bot.local.cluster.explosion.LocalExplosion;
import io.pidcheck.bot.local.cluster.explosion.Outcry;
import io.pidcheck.bot.local.cluster.explosion.ServiceImage;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A service that leaks threads, as Kubernetes runs one: a Deployment, its ReplicaSet, and one pod
 * whose container is a real process. Killed, the kubelet starts it again; deleted, the pod is
 * replaced.
 */
final class ExplodingService implements AutoCloseable {

  static final String IMAGE = "shop/order-service:1.4.2";

  private static final Logger LOG = LoggerFactory.getLogger(ExplodingService.class);
  private static final String NAMESPACE = "shop";
  private static final String NAME = "order-service";
  private static final Map<String, String> LABELS = Map.of("app", NAME);
  private static final long PATIENCE_SECONDS = 20;
  private static final long GRACE_SECONDS = 2;

  private final KubernetesClient client;
  private final String nodeName;
  private final Executor threads;
  private final ReplicaSet replicaSet;
  private final SharedIndexInformer<Pod> pods;

  private ExplodingService(
      KubernetesClient client, String nodeName, int threadCount, Executor threads) {
    this.client = client;
    this.nodeName = nodeName;
    this.threads = threads;
    client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build())
        .create();
    Deployment deployment = client.resource(deployment(threadCount)).create();
    replicaSet = client.resource(replicaSet(deployment)).create();
    createPod();
    pods = client.pods().inNamespace(NAMESPACE).withLabels(LABELS).inform(new Replacing());
  }

  /**
   * Deploys it and returns when all its threads exist.
   *
   * @throws ExplosionFailed when the machine has no room for so many, or cannot start them
   */
  static ExplodingService start(
      KubernetesClient client, String nodeName, int threadCount, Executor threads)
      throws ExplosionFailed {
    LocalExplosion.refuseTooMany(threadCount);
    ExplodingService service = new ExplodingService(client, nodeName, threadCount, threads);
    try (LogWatch log = service.running().watchLog();
        BufferedReader output =
            new BufferedReader(new InputStreamReader(log.getOutput(), StandardCharsets.UTF_8))) {
      Outcry.await(output, threadCount);
      return service;
    } catch (java.io.IOException e) {
      throw new IllegalStateException("closing a log", e);
    }
  }

  private io.fabric8.kubernetes.client.dsl.PodResource running() {
    Pod pod =
        client
            .pods()
            .inNamespace(NAMESPACE)
            .withLabels(LABELS)
            .waitUntilCondition(
                found -> found != null && "Running".equals(found.getStatus().getPhase()),
                PATIENCE_SECONDS,
                TimeUnit.SECONDS);
    return client.pods().resource(pod);
  }

  @Override
  public void close() {
    pods.close();
  }

  /** The ReplicaSet controller, as much of it as one replica takes. */
  private final class Replacing implements ResourceEventHandler<Pod> {
    @Override
    public void onAdd(Pod pod) {
      // made by us
    }

    @Override
    public void onUpdate(Pod before, Pod now) {
      // the kubelet restarts its container
    }

    @Override
    public void onDelete(Pod pod, boolean stateUnknown) {
      threads.execute(ExplodingService.this::createPod);
    }
  }

  private void createPod() {
    try {
      client.resource(pod()).create();
    } catch (KubernetesClientException e) {
      LOG.warn("{} is not replaced: {}", NAME, e.getMessage());
    }
  }

  private Pod pod() {
    PodTemplateSpec template = replicaSet.getSpec().getTemplate();
    return new io.fabric8.kubernetes.api.model.PodBuilder()
        .withNewMetadataLike(template.getMetadata())
        .withNamespace(NAMESPACE)
        .withGenerateName(replicaSet.getMetadata().getName() + "-")
        .withOwnerReferences(ownedBy(replicaSet))
        .endMetadata()
        .withNewSpecLike(template.getSpec())
        .withNodeName(nodeName)
        .endSpec()
        .build();
  }

  private static Deployment deployment(int threadCount) {
    return new DeploymentBuilder()
        .withNewMetadata()
        .withNamespace(NAMESPACE)
        .withName(NAME)
        .withLabels(LABELS)
        .endMetadata()
        .withNewSpec()
        .withReplicas(1)
        .withNewSelector()
        .withMatchLabels(LABELS)
        .endSelector()
        .withTemplate(template(threadCount))
        .endSpec()
        .build();
  }

  private static ReplicaSet replicaSet(Deployment deployment) {
    return new ReplicaSetBuilder()
        .withNewMetadata()
        .withNamespace(NAMESPACE)
        .withName(NAME + "-6d5f7c9b8d")
        .withLabels(LABELS)
        .withOwnerReferences(ownedBy(deployment))
        .endMetadata()
        .withNewSpec()
        .withReplicas(1)
        .withSelector(deployment.getSpec().getSelector())
        .withTemplate(deployment.getSpec().getTemplate())
        .endSpec()
        .build();
  }

  private static PodTemplateSpec template(int threadCount) {
    return new PodTemplateSpecBuilder()
        .withNewMetadata()
        .withLabels(LABELS)
        .endMetadata()
        .withNewSpec()
        .withTerminationGracePeriodSeconds(GRACE_SECONDS)
        .addNewContainer()
        .withName(NAME)
        .withImage(IMAGE)
        .withArgs(ServiceImage.arguments())
        .addNewEnv()
        .withName(ServiceImage.threadsVariable())
        .withValue(Integer.toString(threadCount))
        .endEnv()
        .endContainer()
        .endSpec()
        .build();
  }

  private static OwnerReference ownedBy(HasMetadata owner) {
    return new OwnerReferenceBuilder()
        .withApiVersion(owner.getApiVersion())
        .withKind(owner.getKind())
        .withName(owner.getMetadata().getName())
        .withUid(owner.getMetadata().getUid())
        .withController(true)
        .build();
  }
}
