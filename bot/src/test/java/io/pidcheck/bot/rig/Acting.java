package io.pidcheck.bot.rig;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** How a person gets to the buttons, and what then stands in the cluster. */
public final class Acting {

  private Acting() {}

  /** Of a bot whose on-call people may act, with these over them. */
  public static Map<String, String> settings(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("PIDCHECK_RIGHTS_ACT", "S0SRE");
    settings.put("PIDCHECK_REMEDY_GRACE", "2s");
    settings.put("PIDCHECK_LEADER_LEASE", "2s"); // whoever was killed is replaced soon
    settings.putAll(more);
    return settings;
  }

  /** Asks, and waits for the buttons. */
  public static JsonNode diagnosis(Rig rig, Person person) {
    person.say("/pidcheck node " + rig.node());
    return person.sees("buttons", message -> !Person.buttons(message).isEmpty());
  }

  /** The same, for another message than that one. */
  public static JsonNode diagnosis(Rig rig, Person person, JsonNode other) {
    person.say("/pidcheck node " + rig.node());
    return person.sees(
        "buttons again",
        message ->
            Person.buttons(message).size() > 1 && !message.path("ts").equals(other.path("ts")));
  }

  public static List<Job> jobs(Rig rig) {
    return rig.admin().batch().v1().jobs().inNamespace("pidcheck").list().getItems();
  }

  public static List<Job> remedies(Rig rig) {
    return jobs(rig).stream()
        .filter(
            job ->
                "remedy".equals(job.getMetadata().getLabels().get("app.kubernetes.io/component")))
        .toList();
  }

  /** As a person does it, who gives the pods no thought. */
  public static void deleteRemedies(Rig rig) {
    for (Job job : remedies(rig)) {
      rig.admin()
          .batch()
          .v1()
          .jobs()
          .inNamespace("pidcheck")
          .withName(job.getMetadata().getName())
          .withPropagationPolicy(DeletionPropagation.BACKGROUND)
          .delete();
    }
  }

  public static int notes(Rig rig) {
    return rig.admin()
        .configMaps()
        .inNamespace("pidcheck")
        .withLabel("app.kubernetes.io/component", "act-note")
        .list()
        .getItems()
        .size();
  }

  public static List<String> audit(Rig rig) {
    return rig
        .admin()
        .v1()
        .events()
        .inNamespace("default")
        .withLabel("app.kubernetes.io/managed-by", "pidcheck")
        .list()
        .getItems()
        .stream()
        .map(Event::getReason)
        .toList();
  }

  public static boolean reported(Rig rig) {
    return remedies(rig).stream()
        .allMatch(job -> job.getMetadata().getAnnotations().containsKey("pidcheck.io/reported"));
  }
}
