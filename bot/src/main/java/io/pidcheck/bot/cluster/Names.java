package io.pidcheck.bot.cluster;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The names, labels and annotations that pidcheck's objects carry. */
final class Names {

  static final String MANAGED_BY = "app.kubernetes.io/managed-by";
  static final String COMPONENT = "app.kubernetes.io/component";
  static final String NODE_KEY = "pidcheck.io/node-key";
  static final String NODE = "pidcheck.io/node";
  static final String ANSWERS = "pidcheck.io/answers";
  static final String REPORTED = "pidcheck.io/reported";
  static final String FIRST_TRY = "pidcheck.io/first-try";
  static final String FILES = "pidcheck.io/files";

  // io.pidcheck.probe.standby.Order reads these
  static final String MEANS = "pidcheck.io/means";
  static final String STANDBY_ARGUMENTS = "pidcheck.io/standby-arguments";
  static final String STANDBY_VALID = "pidcheck.io/standby-valid-seconds";
  static final String STANDBY_POD = "pidcheck.io/standby-pod";
  static final String STANDBY_LOG = "pidcheck.io/standby-node-log";
  static final String STANDBY_INSTEAD = "pidcheck.io/standby-instead";

  static final String PIDCHECK = "pidcheck";
  static final String CHECK = "check";

  // A pod's name is its Job's and six characters more, and a label value has 63 at most.
  private static final int SLUG_LENGTH = 30;

  private static final int NODE_KEY_LENGTH = 10;
  private static final int KEY_BYTES = 8;

  private Names() {}

  /** A label value for a node name of any length. */
  static String nodeKey(String node) {
    return digest(node).substring(0, NODE_KEY_LENGTH);
  }

  /** The first bytes of its SHA-256, in hexadecimal digits. */
  static String digest(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, KEY_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has SHA-256
    }
  }

  /** The same check, tried once more; two replicas meet in this name too. */
  static String secondTry(String job) {
    return job + "-2nd";
  }

  /** {@code pidcheck-<node>-<key>-<number>}: the number makes two replicas meet in one name. */
  static String checkJob(String node, int number) {
    String slug = node.length() <= SLUG_LENGTH ? node : node.substring(0, SLUG_LENGTH);
    return PIDCHECK + "-" + slug.replace('.', '-') + "-" + nodeKey(node) + "-" + number;
  }
}
