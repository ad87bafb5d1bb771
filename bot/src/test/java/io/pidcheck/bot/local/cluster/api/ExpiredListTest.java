package io.pidcheck.bot.local.cluster.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class ExpiredListTest {
  // as many changes as the server remembers, and one more
  private static final int FORGETTING = 10_001;

  private final ObjectStore store = new ObjectStore();
  private final PagedList lists = new PagedList(store);

  @Test
  void refusesATokenThatIsTooOldAndGivesOneToGoOnWithAllTheSame() {
    List.of("a", "b", "c").forEach(this::put);
    Answer first = list(Optional.empty());
    for (int i = 0; i < FORGETTING; i++) {
      put("d");
    }

    Answer refused = list(next(first));

    assertThat(refused.code()).isEqualTo(410);
    assertThat(Json.text(refused.body(), "reason")).isEqualTo("Expired");
    assertThat(Json.text(refused.body(), "message"))
        .startsWith("The provided continue parameter is too old");
    Answer second = list(next(refused));
    assertThat(names(second)).containsExactly("c", "d");
    assertThat(version(second)).isEqualTo(store.version());
  }

  @Test
  void goesOnWithATokenThatIsJustNotTooOld() {
    List.of("a", "b", "c").forEach(this::put);
    Answer first = list(Optional.empty());
    for (int i = 1; i < FORGETTING; i++) {
      put("d");
    }

    Answer last = list(next(first));

    assertThat(names(last)).containsExactly("c");
    assertThat(version(last)).isEqualTo(version(first));
  }

  private Answer list(Optional<String> next) {
    RequestPath path = RequestPath.parse("/api/v1/namespaces/default/pods").orElseThrow();
    return lists.answer(
        path, Selector.EVERYTHING, new PagedList.Wanted(Optional.of("2"), next, Optional.empty()));
  }

  private static Optional<String> next(Answer page) {
    return Optional.of(Json.text(page.body(), "metadata", "continue"));
  }

  private static long version(Answer page) {
    return Long.parseLong(Json.text(page.body(), "metadata", "resourceVersion"));
  }

  private static List<String> names(Answer page) {
    return StreamSupport.stream(page.body().path("items").spliterator(), false)
        .map(item -> Json.text(item, "metadata", "name"))
        .toList();
  }

  private void put(String name) {
    var object = Json.object();
    object.putObject("metadata").put("name", name);
    store.put(new ObjectKey(ResourceTypes.PODS, "default", name), object);
  }
}
