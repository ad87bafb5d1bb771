package io.pidcheck.bot.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lists in pages, over plain HTTP, so that no client smooths anything over.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/api-concepts/">Retrieving large
 *     results sets in chunks</a>
 */
class PagedListTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static RunningCluster running;
  private static String token = "";

  @BeforeAll
  static void start() throws IOException {
    running = new RunningCluster();
    token =
        Files.readString(running.cluster.kubeconfig())
            .replaceFirst("(?s).*token: \"?(\\w+).*", "$1");
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  @Test
  void givesEachObjectOnceInPagesOfThatSize() {
    create("sizes", 7);

    List<Integer> sizes = new ArrayList<>();
    List<String> names = new ArrayList<>();
    Page page = list("sizes", "limit=3");
    while (true) {
      sizes.add(page.names().size());
      names.addAll(page.names());
      if (page.next().isEmpty()) {
        break;
      }
      page = list("sizes", "limit=3&continue=" + page.next());
    }

    assertThat(sizes).containsExactly(3, 3, 1);
    assertThat(names).containsExactlyElementsOf(numbered(0, 7));
  }

  @Test
  void saysHowManyRemain() {
    create("remaining", 5);

    Page first = list("remaining", "limit=2");
    Page second = list("remaining", "limit=2&continue=" + first.next());
    Page last = list("remaining", "limit=2&continue=" + second.next());

    assertThat(first.remaining()).isEqualTo(3);
    assertThat(second.remaining()).isEqualTo(1);
    assertThat(last.metadata()).isEqualTo(Map.of("resourceVersion", first.version()));
  }

  @Test
  void givesAllAtOnceWhereNoLimitIsSetOrItIsNotExceeded() {
    create("whole", 3);

    for (String query : List.of("", "limit=0", "limit=3", "limit=500")) {
      Page page = list("whole", query);
      assertThat(page.names()).as(query).hasSize(3);
      assertThat(page.metadata()).as(query).containsOnlyKeys("resourceVersion");
    }
  }

  @Test
  void givesAllAtOnceToWhoeverIsContentWithAnyVersion() {
    create("cached", 3);

    assertThat(list("cached", "limit=1&resourceVersion=0").names()).hasSize(3);
  }

  @Test
  void staysWithTheFirstPagesVersionWhateverHappensMeanwhile() {
    create("snapshot", 4);
    Page first = list("snapshot", "limit=2");
    delete("snapshot", 3);
    create("snapshot", map("snapshot", 9));
    running
        .client
        .resource(map("snapshot", 2))
        .edit(map -> new ConfigMapBuilder(map).addToData("changed", "yes").build());

    Page second = list("snapshot", "limit=2&continue=" + first.next());

    assertThat(second.names()).containsExactlyElementsOf(numbered(2, 4));
    assertThat(second.body().toString()).doesNotContain("changed");
    assertThat(second.version()).isEqualTo(first.version());
    assertThat(list("snapshot", "").names()).contains(name(9)).doesNotContain(name(3));
  }

  @Test
  void fillsAPageWithWhatASelectorMatchesAndDoesNotCountTheRest() {
    create("selected", 6); // those with an even number are labelled even

    Page first = list("selected", "limit=2&labelSelector=even");
    Page second = list("selected", "limit=2&labelSelector=even&continue=" + first.next());

    assertThat(first.names()).containsExactly(name(0), name(2));
    assertThat(first.metadata()).doesNotContainKey("remainingItemCount");
    assertThat(second.names()).containsExactly(name(4));
    assertThat(second.next()).isEmpty();
  }

  @Test
  void pagesOverAllNamespaces() {
    create("one", 2);
    create("two", 2);

    List<String> seen = new ArrayList<>();
    String next = "";
    do {
      Page page = get("/api/v1/configmaps?labelSelector=in&limit=1&continue=" + next);
      page.items()
          .forEach(
              item ->
                  seen.add(
                      item.at("/metadata/namespace").asString()
                          + "/"
                          + item.at("/metadata/name").asString()));
      next = page.next();
    } while (!next.isEmpty());

    assertThat(seen).doesNotHaveDuplicates();
    assertThat(seen)
        .containsSubsequence(
            "one/" + name(0), "one/" + name(1), "two/" + name(0), "two/" + name(1));
  }

  @Test
  void refusesATokenThatItNeverGave() {
    for (String token :
        List.of(
            "garbage!",
            encoded("nonsense"),
            encoded("{}"),
            encoded("{\"v\":\"meta.k8s.io/v2\",\"rv\":1,\"start\":\"a\\u0000\"}"),
            encoded("{\"v\":\"meta.k8s.io/v1\",\"rv\":0,\"start\":\"a\\u0000\"}"),
            encoded("{\"v\":\"meta.k8s.io/v1\",\"rv\":1,\"start\":\"\"}"),
            encoded("{\"v\":\"meta.k8s.io/v1\",\"rv\":1,\"start\":\"../pods/a\\u0000\"}"),
            encoded("{\"v\":\"meta.k8s.io/v1\",\"rv\":999999999,\"start\":\"a\\u0000\"}"))) {
      Page refused = list("pidcheck", "limit=1&continue=" + token);
      assertThat(refused.code()).as(token).isEqualTo(400);
      assertThat(refused.body().path("reason").asString()).as(token).isEqualTo("BadRequest");
      assertThat(refused.body().path("message").asString())
          .as(token)
          .startsWith("continue key is not valid");
    }
  }

  @Test
  void refusesALimitThatIsNoNumberAndAVersionBesideAToken() {
    create("mixed", 2);
    Page first = list("mixed", "limit=1");

    assertThat(list("mixed", "limit=many").code()).isEqualTo(400);
    Page both = list("mixed", "limit=1&resourceVersion=7&continue=" + first.next());
    assertThat(both.code()).isEqualTo(400);
    assertThat(both.body().path("message").asString())
        .isEqualTo("specifying resource version is not allowed when using continue");
  }

  private record Page(int code, JsonNode body) {
    List<JsonNode> items() {
      return StreamSupport.stream(body.path("items").spliterator(), false).toList();
    }

    List<String> names() {
      return items().stream().map(item -> item.at("/metadata/name").asString()).toList();
    }

    String next() {
      return URLEncoder.encode(body.at("/metadata/continue").asString(""), StandardCharsets.UTF_8);
    }

    int remaining() {
      return body.at("/metadata/remainingItemCount").asInt(-1);
    }

    String version() {
      return body.at("/metadata/resourceVersion").asString("");
    }

    Map<String, Object> metadata() {
      return JSON.convertValue(body.path("metadata"), new TypeReference<>() {});
    }
  }

  private static Page list(String namespace, String query) {
    return get("/api/v1/namespaces/" + namespace + "/configmaps?" + query);
  }

  private static Page get(String path) {
    var config = running.client.getConfiguration();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(config.getMasterUrl()).resolve(path))
            .header("Authorization", "Bearer " + token)
            .build();
    try {
      HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
      return new Page(answer.statusCode(), JSON.readTree(answer.body()));
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static void create(String namespace, int count) {
    running
        .client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
    IntStream.range(0, count).forEach(n -> create(namespace, map(namespace, n)));
  }

  private static void create(String namespace, ConfigMap map) {
    running.client.configMaps().inNamespace(namespace).resource(map).create();
  }

  private static void delete(String namespace, int n) {
    running.client.configMaps().inNamespace(namespace).withName(name(n)).delete();
  }

  private static ConfigMap map(String namespace, int n) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name(n))
        .addToLabels("in", "pages")
        .addToLabels(n % 2 == 0 ? "even" : "odd", "")
        .endMetadata()
        .build();
  }

  private static List<String> numbered(int from, int to) {
    return IntStream.range(from, to).mapToObj(PagedListTest::name).toList();
  }

  private static String name(int n) {
    return "map-" + n;
  }

  private static String encoded(String token) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(token.getBytes(StandardCharsets.UTF_8));
  }
}
