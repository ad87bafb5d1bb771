package io.pidcheck.bot;

import java.util.Optional;
import java.util.UUID;

/** This process among the replicas. */
final class Replica {

  private Replica() {}

  /** A name that no other has: the pod's where there is one, and something random. */
  static String name() {
    String host = Optional.ofNullable(System.getenv("HOSTNAME")).orElse("bot");
    return host + "_" + UUID.randomUUID().toString().substring(0, 8);
  }
}
