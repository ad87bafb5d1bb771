package io.pidcheck.bot.local.slack.workspace;

import java.security.SecureRandom;
import java.util.Locale;

/** Ids as Slack forms them: a letter for the kind, then capitals and digits. */
public final class Ids {

  private static final SecureRandom RANDOM = new SecureRandom();

  private Ids() {}

  public static String of(String kind) {
    return kind + text(10).toUpperCase(Locale.ROOT);
  }

  /** Unguessable lower-case letters and digits. */
  public static String text(int length) {
    StringBuilder id = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      id.append(Character.forDigit(RANDOM.nextInt(36), 36));
    }
    return id.toString();
  }
}
