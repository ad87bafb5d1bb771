package io.pidcheck.bot.local.cluster.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class ObjectStoreTest {
  private static final ObjectStore.Scope ALL_PODS =
      new ObjectStore.Scope(ResourceTypes.PODS, Optional.empty(), Selector.EVERYTHING);

  private final ObjectStore store = new ObjectStore();
  private final List<String> seen = new ArrayList<>();

  @Test
  void resumesAWatchWhereItBroke() {
    put("a", 1);
    long version = store.version();
    put("b", 1);
    put("a", 2);
    store.remove(key("b"));

    assertThat(watch(version)).isTrue();
    put("c", 1);

    assertThat(seen).containsExactly("ADDED b1", "MODIFIED a2", "DELETED b1", "ADDED c1");
  }

  @Test
  void startsAWatchWithoutAVersionFromWhatThereIs() {
    put("a", 1);
    put("b", 1);
    store.remove(key("a"));

    assertThat(watch(0)).isTrue();

    assertThat(seen).containsExactly("ADDED b1");
  }

  @Test
  void refusesAWatchFromBeforeWhatItRemembers() {
    long version = store.version();
    for (int i = 0; i <= 10_000; i++) {
      put("a", i);
    }

    assertThat(watch(version)).isFalse();
    assertThat(watch(version + 1)).isTrue();
  }

  @Test
  void endsAllWatchesAndRefusesTheirVersionsOnceHistoryIsForgotten() {
    put("a", 1);
    long version = store.version();
    assertThat(watch(version)).isTrue();
    put("a", 2);
    store.forgetHistory(Json.object().put("type", "ERROR"));
    put("a", 3);

    assertThat(seen).containsExactly("MODIFIED a2", "ERROR ");
    assertThat(watch(version)).isFalse();
    assertThat(watch(version + 1)).isTrue();
    assertThat(seen).last().isEqualTo("MODIFIED a3");
  }

  @Test
  void tellsAStoppedWatchNothing() {
    store.watch(ALL_PODS, store.version(), this::note).orElseThrow().stop();

    put("a", 1);

    assertThat(seen).isEmpty();
  }

  private boolean watch(long since) {
    return store.watch(ALL_PODS, since, this::note).isPresent();
  }

  private void note(ObjectNode event) {
    seen.add(
        Json.text(event, "type")
            + " "
            + Json.text(event, "object", "metadata", "name")
            + Json.text(event, "object", "value"));
  }

  private void put(String name, int value) {
    ObjectNode object = Json.object().put("value", value);
    object.putObject("metadata").put("name", name);
    store.put(key(name), object);
  }

  private static ObjectKey key(String name) {
    return new ObjectKey(ResourceTypes.PODS, "default", name);
  }
}
