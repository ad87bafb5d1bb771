package io.pidcheck.bot.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.awaitility.core.ConditionFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody in the local workspace, through its control API: what a person could do and see. */
public final class Person {

  public static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration PATIENT = Duration.ofMinutes(2);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI workspace;
  private final String user;
  private final String channel;

  private Person(URI workspace, String user, String channel) {
    this.workspace = workspace;
    this.user = user;
    this.channel = channel;
  }

  /** The n-th user of the workspace, in its first channel. */
  public static Person in(URI workspace, int n) {
    JsonNode all = new Person(workspace, "", "").get("/control/workspace");
    return new Person(
        workspace,
        all.path("users").path(n).path("id").asString(),
        all.path("channels").path(0).path("id").asString());
  }

  /** The same person in the n-th channel. */
  public Person inChannel(int n) {
    JsonNode channels = get("/control/workspace").path("channels");
    return new Person(workspace, user, channels.path(n).path("id").asString());
  }

  public String id() {
    return user;
  }

  /** Waits until a bot is connected to the workspace. */
  public void comesOnline() {
    soon("a bot is connected")
        .pollInterval(Duration.ofMillis(50))
        .until(() -> get("/control/workspace").path("bot").path("connected").asBoolean());
  }

  /** Sends a text; returns at the acknowledgement. */
  public JsonNode say(String text) {
    return post("/control/say", Map.of("user", user, "channel", channel, "text", text));
  }

  /** Presses the button of that action; returns at the acknowledgement. */
  public JsonNode presses(JsonNode message, String action) {
    return post(
        "/control/click",
        Map.of(
            "user", user,
            "channel", channel,
            "ts", message.path("ts").asString(),
            "action_id", action,
            "confirm", true));
  }

  /** Presses a button and says yes to whatever it asks; returns at the acknowledgement. */
  public JsonNode clicks(JsonNode message, JsonNode button) {
    return post(
        "/control/click",
        Map.of(
            "user",
            user,
            "channel",
            channel,
            "ts",
            message.path("ts").asString(),
            "action_id",
            button.path("action_id").asString(),
            "confirm",
            true));
  }

  /** The button of a message whose label begins so. */
  public static JsonNode button(JsonNode message, String label) {
    return buttons(message).stream()
        .filter(button -> button.path("text").path("text").asString("").startsWith(label))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no button " + label + " in " + message));
  }

  public static List<JsonNode> buttons(JsonNode message) {
    return StreamSupport.stream(message.path("blocks").spliterator(), false)
        .filter(block -> block.path("type").asString("").equals("actions"))
        .flatMap(block -> StreamSupport.stream(block.path("elements").spliterator(), false))
        .toList();
  }

  public JsonNode fault(Map<String, ?> fault) {
    return post("/control/faults", fault);
  }

  /** What this person sees in the channel, without what is in threads, oldest first. */
  public List<JsonNode> messages() {
    return all().stream().filter(message -> !isReply(message)).toList();
  }

  /** What this person sees in threads, oldest first. */
  public List<JsonNode> replies() {
    return all().stream().filter(Person::isReply).toList();
  }

  /** Whether it is in a thread, and not what the thread hangs on. */
  public static boolean isReply(JsonNode message) {
    return message.has("thread_ts") && !message.path("thread_ts").equals(message.path("ts"));
  }

  private List<JsonNode> all() {
    JsonNode answer = get("/control/messages?channel=" + channel + "&user=" + encoded(user));
    return StreamSupport.stream(answer.path("messages").spliterator(), false).toList();
  }

  /** Waits until one of the messages, in threads too, is like this. */
  public JsonNode sees(String what, Predicate<JsonNode> like) {
    return sees(what, like, SOON);
  }

  /** The same, for as long as that. */
  public JsonNode sees(String what, Predicate<JsonNode> like, Duration most) {
    AtomicReference<JsonNode> seen = new AtomicReference<>();
    soon(what)
        .atMost(most)
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(
            () -> {
              List<JsonNode> messages = all();
              messages.stream().filter(like).findFirst().ifPresent(seen::set);
              assertThat(seen.get())
                  .as(() -> messages.stream().map(Person::shown).toList().toString())
                  .isNotNull();
            });
    return seen.get();
  }

  // What other threads throw while a cluster is closed is not this wait's business.
  private static ConditionFactory soon(String what) {
    return await(what).dontCatchUncaughtExceptions().atMost(SOON);
  }

  /** Waits for a message that shows this text to a reader. */
  public JsonNode reads(String text) {
    return sees(text, message -> shown(message).contains(text));
  }

  /** As {@link #sees}, for as long as an act may take that is looked after. */
  public JsonNode patientlySees(String what, Predicate<JsonNode> like) {
    AtomicReference<JsonNode> seen = new AtomicReference<>();
    await(what)
        .dontCatchUncaughtExceptions()
        .atMost(PATIENT)
        .until(
            () -> {
              all().stream().filter(like).findFirst().ifPresent(seen::set);
              return seen.get() != null;
            });
    return seen.get();
  }

  /** As {@link #reads}, for as long as a check may take that has to give up. */
  public JsonNode patientlyReads(String text) {
    AtomicReference<JsonNode> seen = new AtomicReference<>();
    await("'" + text + "'")
        .dontCatchUncaughtExceptions()
        .atMost(PATIENT)
        .until(
            () -> {
              all().stream()
                  .filter(message -> shown(message).contains(text))
                  .findFirst()
                  .ifPresent(seen::set);
              return seen.get() != null;
            });
    return seen.get();
  }

  /** What a reader sees of a message: the texts of its blocks in order. */
  public static String shown(JsonNode message) {
    StringBuilder text = new StringBuilder();
    append(text, message.path("blocks"));
    return text.isEmpty() ? message.path("text").asString("") : text.toString();
  }

  private static void append(StringBuilder text, JsonNode node) {
    if (node.isArray()) {
      node.forEach(child -> append(text, child));
    } else if (node.isObject()) {
      switch (node.path("type").asString("")) {
        case "text", "plain_text", "mrkdwn" -> text.append(node.path("text").asString(""));
        case "user" -> text.append("<@").append(node.path("user_id").asString("")).append('>');
        case "emoji" -> text.append(':').append(node.path("name").asString("")).append(':');
        default -> node.values().forEach(child -> append(text, child));
      }
      if (node.path("type").asString("").startsWith("rich_text_section")) {
        text.append('\n');
      }
    }
  }

  private JsonNode get(String path) {
    return send(HttpRequest.newBuilder(workspace.resolve(path)).GET().build());
  }

  private JsonNode post(String path, Map<String, ?> body) {
    return send(
        HttpRequest.newBuilder(workspace.resolve(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build());
  }

  private JsonNode send(HttpRequest request) {
    try {
      return JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new IllegalStateException("the workspace does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
