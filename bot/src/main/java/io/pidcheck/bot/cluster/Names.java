package io.pidcheck.bot.cluster;

import io.pidcheck.probe.report.ShortKey;

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

  private static final int DIGEST_LENGTH = 16;

  private Names() {}

  /** For what is not a node's name. */
  static String digest(String text) {
    return ShortKey.of(text, DIGEST_LENGTH);
  }

  /** The same check, tried once more; two replicas meet in this name too. */
  static String secondTry(String job) {
    return job + "-2nd";
  }

  /** {@code pidcheck-<node>-<key>-<number>}: the number makes two replicas meet in one name. */
  static String checkJob(String node, int number) {
    String slug = node.length() <= SLUG_LENGTH ? node : node.substring(0, SLUG_LENGTH);
    return PIDCHECK + "-" + slug.replace('.', '-') + "-" + ShortKey.ofNode(node) + "-" + number;
  }
}
