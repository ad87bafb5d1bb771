package io.pidcheck.bot.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a client may rely on, whatever the objects are. */
class ApiSemanticsTest {
  private static RunningCluster running;

  @BeforeAll
  static void start() {
    running = new RunningCluster();
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  @Test
  void answersNobodyWithoutTheToken() throws Exception {
    URI url = URI.create(running.client.getConfiguration().getMasterUrl() + "api/v1/namespaces");

    for (String token : List.of("", "Bearer ", "Bearer wrong", "Basic x")) {
      HttpRequest.Builder request = HttpRequest.newBuilder(url);
      if (!token.isEmpty()) {
        request.header("Authorization", token);
      }
      HttpResponse<String> answer = send(request.build());
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.body()).contains("\"reason\":\"Unauthorized\"");
    }
  }

  @Test
  void keepsTheTokenForItsOwner() throws Exception {
    var file = running.cluster.kubeconfig();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
    assertThat(token()).hasSize(64);
  }

  @Test
  void listensOnLoopbackOnly() throws Exception {
    int port = URI.create(running.client.getConfiguration().getMasterUrl()).getPort();
    String hexPort = "%04X".formatted(port);

    List<String> listening =
        java.util.stream.Stream.of("/proc/net/tcp", "/proc/net/tcp6")
            .flatMap(ApiSemanticsTest::lines)
            .map(line -> line.strip().split("\\s+"))
            .filter(fields -> fields[1].endsWith(":" + hexPort) && fields[3].equals("0A"))
            .map(fields -> fields[1])
            .toList();

    // 127.0.0.1 as the kernel writes it, or the same mapped into IPv6
    assertThat(listening)
        .isNotEmpty()
        .allMatch(
            address ->
                address.startsWith("0100007F:")
                    || address.startsWith("0000000000000000FFFF00000100007F:"));
  }

  @Test
  void saysWhichVersionItIs() {
    assertThat(running.client.getKubernetesVersion().getGitVersion()).endsWith("+pidcheck-local");
    assertThat(running.client.supports(Job.class)).isTrue();
    assertThat(running.client.supports(HorizontalPodAutoscaler.class)).isFalse();
  }

  @Test
  void refusesASecondObjectOfTheName() {
    running.client.resource(configMap("twice")).create();

    assertThat(refusal(() -> running.client.resource(configMap("twice")).create()))
        .extracting(Status::getCode, Status::getReason, Status::getMessage)
        .containsExactly(409, "AlreadyExists", "configmaps \"twice\" already exists");
  }

  @Test
  void refusesAnUpdateOfAnOldVersion() {
    ConfigMap first = running.client.resource(configMap("stale")).create();
    running.client.resource(first).edit(map -> with(map, "a", "1"));

    assertThat(refusal(() -> running.client.resource(with(first, "a", "2")).update()))
        .extracting(Status::getCode, Status::getReason)
        .containsExactly(409, "Conflict");
    assertThat(running.client.resource(first).get().getData()).containsEntry("a", "1");
  }

  @Test
  void refusesWhatIsNotThere() {
    assertThat(running.client.pods().inNamespace("pidcheck").withName("nope").get()).isNull();
    assertThat(refusal(() -> running.client.resource(in("nowhere", configMap("lost"))).create()))
        .extracting(Status::getCode, Status::getMessage)
        .containsExactly(404, "namespaces \"nowhere\" not found");
  }

  @Test
  void refusesNamesAndLabelsThatARealServerRefuses() {
    assertThat(refusal(() -> running.client.resource(configMap("No_Good")).create()).getCode())
        .isEqualTo(422);
    ConfigMap labelled =
        new ConfigMapBuilder(configMap("label"))
            .editMetadata()
            .addToLabels("who", "a b")
            .endMetadata()
            .build();
    assertThat(refusal(() -> running.client.resource(labelled).create()).getReason())
        .isEqualTo("Invalid");
  }

  @Test
  void refusesAFieldThatCannotBeSelectedBy() {
    assertThat(
            refusal(
                () -> running.client.pods().inAnyNamespace().withField("spec.host", "x").list()))
        .extracting(Status::getCode, Status::getMessage)
        .containsExactly(400, "field label not supported: spec.host");
  }

  @Test
  void namesWhatHasOnlyABeginningOfAName() {
    ConfigMap map =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withNamespace("pidcheck")
            .withGenerateName("some-")
            .endMetadata()
            .build();

    ConfigMap made = running.client.resource(map).create();

    assertThat(made.getMetadata().getName()).matches("some-[a-z0-9]{5}");
    assertThat(made.getMetadata().getUid()).isNotEmpty();
    assertThat(made.getMetadata().getCreationTimestamp()).isNotEmpty();
  }

  @Test
  void keepsTheStatusFromEverybodyButItsOwner() {
    Pod pod = calicoPod();
    Pod forged =
        running
            .client
            .resource(pod)
            .edit(
                current -> {
                  current.getStatus().setPhase("Failed");
                  current
                      .getMetadata()
                      .setAnnotations(
                          new java.util.HashMap<>(current.getMetadata().getAnnotations()));
                  current.getMetadata().getAnnotations().put("seen", "yes");
                  return current;
                });

    assertThat(forged.getStatus().getPhase()).isEqualTo("Running");
    assertThat(forged.getMetadata().getAnnotations()).containsEntry("seen", "yes");
  }

  @Test
  void mergesAMergePatch() {
    ConfigMap map = running.client.resource(with(configMap("merge"), "old", "1")).create();

    ConfigMap patched =
        running
            .client
            .resource(map)
            .patch(
                PatchContext.of(PatchType.JSON_MERGE), "{\"data\":{\"old\":null,\"new\":\"2\"}}");

    assertThat(patched.getData()).isEqualTo(Map.of("new", "2"));
  }

  @Test
  void refusesAPatchOfAnOldVersion() {
    ConfigMap map = running.client.resource(configMap("patch")).create();
    String stale =
        "[{\"op\":\"test\",\"path\":\"/metadata/resourceVersion\",\"value\":\"1\"},"
            + "{\"op\":\"add\",\"path\":\"/data\",\"value\":{\"a\":\"b\"}}]";

    assertThat(
            refusal(
                () -> running.client.resource(map).patch(PatchContext.of(PatchType.JSON), stale)))
        .extracting(Status::getCode)
        .isEqualTo(422);
  }

  @Test
  void holdsAnObjectUntilItsFinalizersAreGone() {
    ConfigMap held =
        new ConfigMapBuilder(configMap("held"))
            .editMetadata()
            .addToFinalizers("test/hold")
            .endMetadata()
            .build();
    running.client.resource(held).create();

    running.client.resource(held).delete();

    assertThat(running.client.resource(held).get().isMarkedForDeletion()).isTrue();
    running
        .client
        .resource(held)
        .edit(
            map ->
                new ConfigMapBuilder(map)
                    .editMetadata()
                    .removeFromFinalizers("test/hold")
                    .endMetadata()
                    .build());
    assertThat(running.client.resource(held).get()).isNull();
  }

  @Test
  void letsTwoHoldersFightForALease() {
    var lease =
        new LeaseBuilder()
            .withNewMetadata()
            .withNamespace("pidcheck")
            .withName("leader")
            .endMetadata()
            .withNewSpec()
            .withHolderIdentity("one")
            .endSpec()
            .build();
    var held = running.client.resource(lease).create();
    var renewed = running.client.resource(held).update();

    assertThat(renewed.getMetadata().getUid()).isEqualTo(held.getMetadata().getUid());
    var taken = new LeaseBuilder(held).editSpec().withHolderIdentity("two").endSpec().build();
    running.client.resource(taken).update();
    assertThat(refusal(() -> running.client.resource(renewed).patch(renewedBy("one", renewed))))
        .extracting(Status::getCode)
        .isEqualTo(409);
  }

  @Test
  void allowsEverythingToWhoeverIsIn() {
    var review =
        new SelfSubjectAccessReviewBuilder()
            .withNewSpec()
            .withNewResourceAttributes()
            .withVerb("create")
            .withResource("jobs")
            .endResourceAttributes()
            .endSpec()
            .build();

    assertThat(
            running
                .client
                .authorization()
                .v1()
                .selfSubjectAccessReview()
                .create(review)
                .getStatus()
                .getAllowed())
        .isTrue();
  }

  @Test
  void selectsPodsByNode() {
    String node = running.cluster.nodeName();

    assertThat(names(node)).singleElement().asString().startsWith("calico-node-");
    assertThat(names("another")).isEmpty();
  }

  @Test
  void selectsByLabelsOfEveryForm() {
    running.client.resource(labelled("app-a", Map.of("app", "a"))).create();
    running.client.resource(labelled("app-b", Map.of("app", "b", "extra", ""))).create();
    var maps = running.client.configMaps().inNamespace("pidcheck").withLabel("app");

    assertThat(mapNames(maps.withLabelIn("app", "a", "c").list().getItems()))
        .containsExactly("app-a");
    assertThat(mapNames(maps.withLabelNotIn("app", "a", "c").list().getItems()))
        .containsExactly("app-b");
    assertThat(mapNames(maps.withoutLabel("extra").list().getItems())).containsExactly("app-a");
    assertThat(mapNames(maps.withoutLabel("app", "a").list().getItems())).containsExactly("app-b");
  }

  @Test
  void tellsEveryWatcherEveryChangeInOrder() throws Exception {
    BlockingQueue<String> one = new LinkedBlockingQueue<>();
    BlockingQueue<String> other = new LinkedBlockingQueue<>();
    var maps = running.client.configMaps().inNamespace("pidcheck").withLabel("watched", "yes");
    String version = maps.list().getMetadata().getResourceVersion();
    ConfigMap map = labelled("watched", Map.of("watched", "yes"));
    running.client.resource(map).create();

    try (var _ = maps.withResourceVersion(version).watch(recorder(one));
        var _ = maps.withResourceVersion(version).watch(recorder(other))) {
      running.client.resource(map).edit(current -> with(current, "a", "1"));
      running
          .client
          .resource(map)
          .edit(
              current ->
                  new ConfigMapBuilder(current)
                      .editMetadata()
                      .addToLabels("watched", "no")
                      .endMetadata()
                      .build());
      running.client.resource(map).delete();

      for (BlockingQueue<String> seen : List.of(one, other)) {
        assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("ADDED watched {}");
        assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("MODIFIED watched {a=1}");
        // it has left the selection: for this watch that is its end
        assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("DELETED watched {a=1}");
      }
    }
    assertThat(one).isEmpty();
  }

  @Test
  void watchesOverPlainHttpToo() throws Exception {
    var config = running.client.getConfiguration();
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(config.getMasterUrl() + "api/v1/nodes?watch=1&timeoutSeconds=1"))
            .header("Authorization", "Bearer " + token())
            .build();

    HttpResponse<String> answer = send(request);

    assertThat(answer.body().lines().toList())
        .singleElement()
        .asString()
        .startsWith("{\"type\":\"ADDED\",\"object\":{")
        .contains("\"kind\":\"Node\"", "pidcheck-local://");
  }

  private static String token() throws IOException {
    String kubeconfig = Files.readString(running.cluster.kubeconfig());
    return kubeconfig.replaceFirst("(?s).*token: \"?(\\w+).*", "$1");
  }

  private static Pod calicoPod() {
    return running
        .client
        .pods()
        .inNamespace("kube-system")
        .withLabel("k8s-app", "calico-node")
        .list()
        .getItems()
        .getFirst();
  }

  private static io.fabric8.kubernetes.api.model.coordination.v1.Lease renewedBy(
      String holder, io.fabric8.kubernetes.api.model.coordination.v1.Lease lease) {
    return new LeaseBuilder(lease).editSpec().withHolderIdentity(holder + "!").endSpec().build();
  }

  private static List<String> names(String node) {
    return running
        .client
        .pods()
        .inAnyNamespace()
        .withField("spec.nodeName", node)
        .list()
        .getItems()
        .stream()
        .map(pod -> pod.getMetadata().getName())
        .toList();
  }

  private static List<String> mapNames(List<ConfigMap> maps) {
    return maps.stream().map(map -> map.getMetadata().getName()).toList();
  }

  private static ConfigMap configMap(String name) {
    return labelled(name, Map.of());
  }

  private static ConfigMap labelled(String name, Map<String, String> labels) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace("pidcheck")
        .withName(name)
        .withLabels(labels)
        .endMetadata()
        .build();
  }

  private static ConfigMap in(String namespace, ConfigMap map) {
    return new ConfigMapBuilder(map).editMetadata().withNamespace(namespace).endMetadata().build();
  }

  private static ConfigMap with(ConfigMap map, String key, String value) {
    return new ConfigMapBuilder(map).addToData(key, value).build();
  }

  private static Status refusal(ThrowingCallable call) {
    KubernetesClientException[] thrown = new KubernetesClientException[1];
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(KubernetesClientException.class, e -> thrown[0] = e);
    return thrown[0].getStatus();
  }

  private static Watcher<ConfigMap> recorder(BlockingQueue<String> seen) {
    return new Watcher<>() {
      @Override
      public void eventReceived(Action action, ConfigMap map) {
        seen.add(action + " " + map.getMetadata().getName() + " " + map.getData());
      }

      @Override
      public void onClose(WatcherException cause) {
        seen.add("closed: " + cause);
      }
    };
  }

  private static HttpResponse<String> send(HttpRequest request) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }

  private static java.util.stream.Stream<String> lines(String file) {
    try {
      return Files.readAllLines(java.nio.file.Path.of(file)).stream().skip(1);
    } catch (IOException e) {
      return java.util.stream.Stream.empty();
    }
  }
}
