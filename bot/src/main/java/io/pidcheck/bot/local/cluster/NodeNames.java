package io.pidcheck.bot.local.cluster;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;

/** Makes a valid node name of a host's name (a DNS subdomain, RFC 1123). */
final class NodeNames {
  private static final int LENGTH = 63;
  private static final String FALLBACK = "localhost";

  private NodeNames() {}

  static String ofThisMachine() {
    try {
      return of(InetAddress.getLocalHost().getHostName());
    } catch (UnknownHostException e) {
      return FALLBACK; // a machine that cannot resolve its own name
    }
  }

  static String of(String hostName) {
    String valid = hostName.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]+", "-");
    String cut = valid.length() > LENGTH ? valid.substring(0, LENGTH) : valid;
    String trimmed = cut.replaceAll("[.-]*\\.[.-]*", ".").replaceAll("^[.-]+|[.-]+$", "");
    return trimmed.isEmpty() ? FALLBACK : trimmed;
  }
}
