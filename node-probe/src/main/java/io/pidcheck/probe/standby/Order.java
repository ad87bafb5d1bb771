package io.pidcheck.probe.standby;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is asked of the standby probe: a Job without a pod that says so in its annotations. The
 * other side is io.pidcheck.bot.cluster.Standbys.
 *
 * @param uid of the Job: answers carry it
 * @param node whom it is for
 * @param createdAt by the API server's clock, whole seconds
 * @param validFor from then on; later it is not begun any more, because the asker has gone another
 *     way
 * @param arguments as on this program's command line
 */
record Order(
    String uid, String node, Instant createdAt, Duration validFor, List<String> arguments) {

  static final String MEANS = "pidcheck.io/means";
  static final String STANDBY = "standby";
  static final String NODE_KEY = "pidcheck.io/node-key";
  private static final String NODE = "pidcheck.io/node";
  private static final String ARGUMENTS = "pidcheck.io/standby-arguments";
  private static final String VALID_SECONDS = "pidcheck.io/standby-valid-seconds";
  private static final Duration LONGEST = Duration.ofDays(1);

  Order {
    arguments = List.copyOf(arguments);
  }

  /** The order in a line of a watch; empty where it is anything else, or none any more. */
  static Optional<Order> in(Json event) {
    boolean there =
        event
            .text("type")
            .filter(type -> type.equals("ADDED") || type.equals("MODIFIED"))
            .isPresent();
    Optional<Json> job = event.at("object");
    return there ? job.filter(Order::withoutPod).flatMap(Order::of) : Optional.empty();
  }

  /** With a pod it is the pod's work. */
  private static boolean withoutPod(Json job) {
    return job.at("spec", "parallelism").filter(new Json.Word("0")::equals).isPresent()
        && job.at("metadata", "deletionTimestamp").isEmpty();
  }

  private static Optional<Order> of(Json job) {
    Optional<String> uid = job.text("metadata", "uid");
    Optional<String> created = job.text("metadata", "creationTimestamp");
    Optional<String> node = job.text("metadata", "annotations", NODE);
    Optional<String> arguments = job.text("metadata", "annotations", ARGUMENTS);
    Optional<String> valid = job.text("metadata", "annotations", VALID_SECONDS);
    if (uid.isEmpty() || created.isEmpty() || node.isEmpty() || arguments.isEmpty()) {
      return Optional.empty();
    }
    try {
      Duration seconds = Duration.ofSeconds(Long.parseLong(valid.orElse("")));
      return Optional.of(
              new Order(
                  uid.get(),
                  node.get(),
                  Instant.parse(created.get()),
                  seconds,
                  List.of(arguments.get().split("\n", -1))))
          .filter(order -> seconds.isPositive() && seconds.compareTo(LONGEST) < 0);
    } catch (NumberFormatException | DateTimeException e) {
      return Optional.empty(); // somebody broke the annotations by hand
    }
  }
}
