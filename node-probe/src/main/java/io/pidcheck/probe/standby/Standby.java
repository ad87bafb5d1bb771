package io.pidcheck.probe.standby;

import io.pidcheck.probe.report.ShortKey;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Waits for orders to this node and carries them out, one after the other, on one thread: it starts
 * neither a process nor a thread, so it works where none can be started any more. It reads from the
 * API server and writes nothing there.
 */
public final class Standby {

  private static final Duration WATCH = Duration.ofMinutes(5);
  // Bookmarks come about once a minute (Kubernetes: watch bookmarks); longer silence is a dead line
  private static final Duration SILENCE = Duration.ofSeconds(150);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
  private static final int REMEMBERED = 1000;
  private static final int HTTP_OK = 200;

  /**
   * Where orders come from.
   *
   * @param address of the API server
   * @param token file with the bearer token
   * @param authority file with the CA's certificates in PEM
   */
  public record Source(URI address, Path token, Path authority, String namespace) {}

  private final String node;
  private final Source source;
  private final Work work;
  private final Voice voice;
  private final Set<String> taken = new LinkedHashSet<>();
  private Optional<Instant> startedAt = Optional.empty();
  private String lastProblem = "";

  /**
   * Where it answers.
   *
   * @param nodeLog a directory of the node's log directory, for what was said of each order
   */
  public record Answers(OutputStream out, Optional<Path> nodeLog) {}

  public Standby(String node, Source source, Work work, Answers answers) {
    this.node = node;
    this.source = source;
    this.work = work;
    this.voice = new Voice(answers.out(), answers.nodeLog().map(NodeLog::new));
  }

  /** Never returns but for an interrupt. */
  public void run() {
    Duration pause = FIRST_PAUSE;
    while (!Thread.currentThread().isInterrupted()) {
      try {
        watch();
        pause = FIRST_PAUSE;
      } catch (IOException e) {
        say(e);
        pause = sleep(pause);
      }
    }
  }

  private void say(IOException problem) {
    String words = problem.getClass().getSimpleName() + ": " + problem.getMessage();
    if (!words.equals(lastProblem)) {
      voice.say("away", words);
      lastProblem = words;
    }
  }

  private static Duration sleep(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Duration longer = pause.multipliedBy(2);
    return longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
  }

  private void watch() throws IOException {
    Server server = new Server(source.address(), source.token(), source.authority());
    try (Reply reply = server.get(path(), SILENCE)) {
      if (reply.status() != HTTP_OK) {
        throw new IOException(refusal(reply));
      }
      ServerClock clock =
          ServerClock.at(
              reply.date().orElseThrow(() -> new IOException("the server does not tell the time")));
      greet(clock);
      for (Optional<String> line = reply.line(); line.isPresent(); line = reply.line()) {
        event(line.get(), clock);
      }
    }
  }

  private void greet(ServerClock clock) {
    if (startedAt.isEmpty()) {
      startedAt = Optional.of(clock.then());
    }
    if (startedAt.get().equals(clock.then()) || !lastProblem.isEmpty()) {
      voice.say("ready", "");
    }
    lastProblem = "";
  }

  private static String refusal(Reply reply) throws IOException {
    String body = reply.line().orElse("");
    try {
      String words = Json.read(body).text("message").orElse("");
      return "the API server answered " + reply.status() + ": " + words;
    } catch (Json.Malformed e) {
      return "the API server answered " + reply.status();
    }
  }

  private void event(String line, ServerClock clock) throws IOException {
    Json event;
    try {
      event = Json.read(line);
    } catch (Json.Malformed e) {
      throw new IOException("what the API server sends is no JSON: " + e.getMessage());
    }
    if (event.text("type").filter("ERROR"::equals).isPresent()) {
      throw new IOException("watch: " + event.text("object", "message").orElse(""));
    }
    Optional<Order> order = Order.in(event).filter(one -> one.node().equals(node));
    if (order.isPresent() && taken.add(order.get().uid())) {
      forget();
      take(order.get(), clock);
    }
  }

  private void forget() {
    if (taken.size() > REMEMBERED) {
      taken.remove(taken.iterator().next()); // so old an order is late in any case
    }
  }

  private void take(Order order, ServerClock clock) {
    boolean looks = work.looks(order.arguments());
    boolean before = !order.createdAt().isAfter(startedAt.orElse(Instant.MAX));
    if (clock.now().isAfter(order.createdAt().plus(order.validFor()))) {
      if (!before) {
        voice.say("refused", order, "it came too late");
      }
    } else if (before && !looks) {
      // the one that ran here before may have begun it
      voice.say("refused", order, "the standby probe has started since");
    } else {
      voice.say("begun", order, "");
      carryOut(order);
    }
  }

  private void carryOut(Order order) {
    switch (work.outcome(order.arguments())) {
      case Work.Outcome.Done(byte[] json) -> voice.result(order, json);
      case Work.Outcome.Refused(String why) -> voice.say("refused", order, why);
      case Work.Outcome.Failed(String why) -> voice.say("failed", order, why);
    }
  }

  private String path() {
    String labels =
        Order.MEANS + "=" + Order.STANDBY + "," + Order.NODE_KEY + "=" + ShortKey.ofNode(node);
    return source.address().getRawPath()
        + "/apis/batch/v1/namespaces/"
        + URLEncoder.encode(source.namespace(), StandardCharsets.UTF_8)
        + "/jobs?watch=true&allowWatchBookmarks=true&resourceVersion=0&timeoutSeconds="
        + WATCH.toSeconds()
        + "&labelSelector="
        + URLEncoder.encode(labels, StandardCharsets.UTF_8);
  }
}
