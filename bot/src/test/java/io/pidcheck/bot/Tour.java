package io.pidcheck.bot;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.pidcheck.bot.rig.Person;
import io.pidcheck.bot.rig.RealCluster;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import tools.jackson.databind.JsonNode;

/**
 * Somebody tries everything that a bot on a real cluster can do, on a node with an exploding
 * service, and notes what works. Its pod is deleted on the way.
 */
final class Tour {

  /** What a person has of the bot. */
  enum Part {
    /** It leads: what is asked is answered, what is seen is posted. */
    LEADS,
    /** The watch has written down what it saw. */
    REMEMBERS,
    OVERVIEW,
    NODE_FIGURES,
    /** Of a node without room for a probe it is told which container holds what. */
    CONTAINER_FIGURES,
    CHECK,
    WHOLE_REPORT,
    POD_NAMES,
    WORKLOAD,
    EVENTS,
    DELETES_POD,
    RECORD
  }

  private static final Duration SOON = Duration.ofSeconds(15);
  private static final int NO_NODE_HAS_SO_MANY = 90_000;
  private static final String NAMESPACE = "pidcheck";

  private final Set<Part> works = EnumSet.noneOf(Part.class);
  private final Person person;
  private final String node;
  private String said = "";

  private Tour(Person person, String node) {
    this.person = person;
    this.node = node;
  }

  /** With a bot of its own, which starts now and watches. */
  static Tour of(String node) {
    Map<String, String> settings =
        Map.of(
            "PIDCHECK_WATCH_CHANNEL",
            "C0ALERTS",
            "PIDCHECK_PROBE_DEADLINE",
            "15s",
            "PIDCHECK_PROBE_LEAST_FREE_PIDS",
            Integer.toString(NO_NODE_HAS_SO_MANY));
    try (KubernetesClient admin =
        new KubernetesClientBuilder().withConfig(Config.autoConfigure(null)).build()) {
      forgetWhatWasSeen(admin);
      try (RealCluster rig = RealCluster.start(settings)) {
        Tour tour = new Tour(rig.person(0), node);
        tour.walk();
        tour.works(Part.REMEMBERS, ledgers(admin) > 0);
        return tour;
      }
    }
  }

  Set<Part> broken() {
    return EnumSet.complementOf(EnumSet.copyOf(works));
  }

  /** All that the bot said. */
  String said() {
    return said;
  }

  private void walk() {
    works(Part.LEADS, leads());
    overview();
    heldBack();
    check();
    said =
        Stream.concat(person.messages().stream(), person.replies().stream())
            .map(Person::shown)
            .collect(Collectors.joining("\n"));
  }

  /** The bot of the tour before may hold the lease for a while yet. */
  private boolean leads() {
    try {
      await()
          .pollInterval(Duration.ofSeconds(2))
          .atMost(SOON.multipliedBy(2))
          .until(
              () -> {
                person.say("/pidcheck status");
                return find("and it leads").isPresent();
              });
      return true;
    } catch (ConditionTimeoutException e) {
      return false;
    }
  }

  private void overview() {
    person.say("/pidcheck nodes");
    Optional<JsonNode> overview = sees("by PIDs in use");
    works(Part.OVERVIEW, overview.isPresent());
    works(
        Part.NODE_FIGURES,
        overview.filter(told -> !Person.shown(told).contains("lacks a right")).isPresent());
  }

  private void heldBack() {
    person.say("/pidcheck node " + node);
    works(
        Part.CONTAINER_FIGURES,
        sees("was not started")
            .filter(told -> Person.shown(told).contains("order-service"))
            .isPresent());
  }

  private void check() {
    person.say("/pidcheck node " + node + " force");
    Optional<JsonNode> answer = sees("Read at");
    works(Part.CHECK, answer.isPresent());
    if (answer.isEmpty()) {
      return;
    }
    String shown = Person.shown(answer.get());
    works(Part.WHOLE_REPORT, !shown.contains("the short summary"));
    works(Part.POD_NAMES, shown.contains("shop/order-service"));
    works(Part.WORKLOAD, shown.contains("Deployment order-service"));
    Optional<JsonNode> details = sees("What this rests on");
    works(
        Part.EVENTS,
        details.filter(told -> !Person.shown(told).contains("resource \"events\"")).isPresent());
    Person.buttons(answer.get()).stream()
        .filter(button -> button.path("text").path("text").asString("").startsWith("Delete pod"))
        .findFirst()
        .ifPresent(button -> deletePod(answer.get(), button));
  }

  private void deletePod(JsonNode answer, JsonNode button) {
    String name = button.path("text").path("text").asString("").replace("Delete pod ", "");
    person.clicks(answer, button);
    works(Part.DELETES_POD, sees("it ends with its own grace").isPresent());
    sees("— by <@" + person.id()); // also where it was refused
    person.say("/pidcheck audit");
    works(Part.RECORD, sees("delete-pod=shop/" + name + " outcome=").isPresent());
  }

  private void works(Part part, boolean so) {
    if (so) {
      works.add(part);
    }
  }

  private Optional<JsonNode> sees(String text) {
    try {
      await().pollInterval(Duration.ofMillis(100)).atMost(SOON).until(() -> find(text).isPresent());
    } catch (ConditionTimeoutException e) {
      return Optional.empty();
    }
    return find(text);
  }

  private Optional<JsonNode> find(String text) {
    return Stream.concat(person.messages().stream(), person.replies().stream())
        .filter(message -> Person.shown(message).contains(text))
        .findFirst();
  }

  /** What earlier tours left would be told of in this one. */
  private static void forgetWhatWasSeen(KubernetesClient admin) {
    admin
        .configMaps()
        .inNamespace(NAMESPACE)
        .withLabelIn("app.kubernetes.io/component", "ledger", "act-note")
        .delete();
    admin
        .batch()
        .v1()
        .jobs()
        .inNamespace(NAMESPACE)
        .withPropagationPolicy(DeletionPropagation.BACKGROUND)
        .delete();
  }

  private static int ledgers(KubernetesClient admin) {
    return admin
        .configMaps()
        .inNamespace(NAMESPACE)
        .withLabel("app.kubernetes.io/component", "ledger")
        .list()
        .getItems()
        .size();
  }
}
