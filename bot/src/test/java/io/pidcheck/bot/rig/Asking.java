package io.pidcheck.bot.rig;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/**
 * Somebody who asks one thing after the other, all the time: in turn about the bot itself, about a
 * node that is not there, by another name each time, and about a node.
 */
public final class Asking implements AutoCloseable {

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final List<String> refused = new ArrayList<>();
  private final Person person;
  private final String node;
  private int asked;

  private Asking(Person person, String node) {
    this.person = person;
    this.node = node;
  }

  /** Asks again so long after each acknowledgement. */
  public static Asking every(Duration pause, Person person, String node) {
    Asking asking = new Asking(person, node);
    ScheduledFuture<?> _ =
        asking.timer.scheduleWithFixedDelay(
            asking::ask, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    return asking;
  }

  private void ask() {
    int n = asked++;
    String command =
        switch (n % 3) {
          case 0 -> "/pidcheck status";
          case 1 -> "/pidcheck node " + nobody(n);
          default -> "/pidcheck node " + node;
        };
    JsonNode answer = person.say(command);
    if (!answer.path("ok").asBoolean()) {
      refused.add(Instant.now() + " " + n + " " + command + ": " + answer);
    }
  }

  private static String nobody(int n) {
    return "nobody-" + n + "-here";
  }

  /** Asks nothing more. */
  @Override
  public void close() {
    timer.shutdown();
    try {
      if (!timer.awaitTermination(20, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the workspace does not answer");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What was not acknowledged, of that which was asked until {@link #close}. */
  public List<String> refused() {
    return List.copyOf(refused);
  }

  public int statuses() {
    return (asked + 2) / 3;
  }

  public int checks() {
    return asked / 3;
  }

  /** Names that were asked for and are no node's. */
  public List<String> nobodies() {
    List<String> names = new ArrayList<>();
    for (int n = 1; n < asked; n += 3) {
      names.add(nobody(n));
    }
    return names;
  }
}
