package io.pidcheck.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.pidcheck.bot.rig.ManyNodes;
import io.pidcheck.bot.rig.Person;
import io.pidcheck.bot.rig.Rig;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;

/** Lists that are longer than a message. */
@ResourceLock("machine")
class PagesIT {

  // and this machine's own: three pages
  private static final int NODES = 45;
  private static final Map<String, String> WATCHING = Map.of("PIDCHECK_WATCH_CHANNEL", "C0ALERTS");
  private static final String FIRST = "node-0000";
  private static final String SECOND = "node-0020";
  private static final String THIRD = "node-0044";

  @Test
  void turnsThePagesOfCalicoNodeToTheirEndAndBack() {
    try (Rig rig = Rig.start().withBot(WATCHING);
        KubernetesClient kubernetes = rig.kubernetes()) {
      ManyNodes nodes = ManyNodes.create(kubernetes, NODES);
      Person alex = rig.person(0);
      JsonNode list = asked(alex, nodes, kubernetes);
      assertThat(labels(list)).containsExactly("On to page 2 of 3");
      alex.clicks(list, Person.button(list, "On"));
      JsonNode second = alex.reads(SECOND);
      assertThat(Person.shown(second)).doesNotContain(FIRST).doesNotContain(THIRD);
      assertThat(labels(second)).containsExactly("Back", "On to page 3 of 3");
      alex.clicks(second, Person.button(second, "On"));
      JsonNode third = alex.reads(THIRD);
      assertThat(labels(third)).containsExactly("Back");
      alex.clicks(third, Person.button(third, "Back"));
      JsonNode back = alex.reads(SECOND);
      alex.clicks(back, Person.button(back, "Back"));
      assertThat(labels(alex.reads(FIRST))).containsExactly("On to page 2 of 3");
      assertThat(alex.messages()).hasSize(1);
    }
  }

  @Test
  void showsTheLastPageThereIsWhereTheListHasBecomeShorter() {
    try (Rig rig = Rig.start().withBot(WATCHING);
        KubernetesClient kubernetes = rig.kubernetes()) {
      ManyNodes nodes = ManyNodes.create(kubernetes, NODES);
      Person alex = rig.person(0);
      JsonNode list = asked(alex, nodes, kubernetes);
      nodes.deletePodsDownTo(5);
      Person other = rig.person(2);
      await("the bot knows")
          .atMost(Person.SOON)
          .until(
              () -> {
                other.say("/pidcheck calico");
                return other.messages().stream()
                    .anyMatch(message -> Person.shown(message).contains(": 6 of 6 are ready"));
              });
      alex.clicks(list, Person.button(list, "On"));
      JsonNode shorter = alex.reads("6 of 6 are ready");
      assertThat(Person.shown(shorter)).contains(FIRST).doesNotContain(SECOND);
      assertThat(Person.buttons(shorter)).isEmpty();
    }
  }

  @Test
  void turnsThePagesOfNodesInTheLanguageOfWhoeverClicksAndForNobodyWhoMayNotLook() {
    try (Rig rig = Rig.start().withBot(Map.of("PIDCHECK_RIGHTS_LOOK", "S0SRE"));
        KubernetesClient kubernetes = rig.kubernetes()) {
      ManyNodes.create(kubernetes, NODES);
      Person alex = rig.person(0);
      alex.say("/pidcheck nodes");
      JsonNode list = alex.reads("Page 1 of 3");
      assertThat(labels(list)).containsExactly("Emptier ▶");

      Person guest = rig.person(2);
      guest.clicks(list, Person.button(list, "Emptier"));
      guest.reads("You may not ask");
      assertThat(Person.shown(same(alex, list))).contains("Page 1 of 3");

      Person liWei = rig.person(1);
      liWei.clicks(list, Person.button(list, "Emptier"));
      JsonNode second = alex.reads("第 2 / 3 页");
      assertThat(second.path("ts")).isEqualTo(list.path("ts"));
      assertThat(labels(second)).containsExactly("◀ 用量更高", "用量更低 ▶");
      alex.clicks(second, Person.button(second, "用量更低"));
      JsonNode third = alex.reads("Page 3 of 3");
      assertThat(labels(third)).containsExactly("◀ Fuller");
      alex.clicks(third, Person.button(third, "◀ Fuller"));
      alex.reads("Page 2 of 3");
    }
  }

  private static JsonNode asked(Person person, ManyNodes nodes, KubernetesClient kubernetes) {
    WatchIT.isRemembered(kubernetes);
    WatchIT.isRemembered(kubernetes, nodes);
    person.say("/pidcheck calico");
    return person.reads("46 of 46 are ready");
  }

  private static JsonNode same(Person person, JsonNode message) {
    return person.sees("it", other -> other.path("ts").equals(message.path("ts")));
  }

  private static List<String> labels(JsonNode message) {
    return Person.buttons(message).stream()
        .map(button -> button.path("text").path("text").asString(""))
        .toList();
  }
}
