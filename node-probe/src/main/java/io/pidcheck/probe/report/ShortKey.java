package io.pidcheck.probe.report;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A short word for a text of any length and any letters, that a Kubernetes name or label may
 * contain: bot and probe call a node by it.
 */
public final class ShortKey {

  /** What tells the nodes of a cluster apart. */
  private static final int NODE_DIGITS = 10;

  private ShortKey() {}

  public static String ofNode(String name) {
    return of(name, NODE_DIGITS);
  }

  /**
   * @param digits of the text's SHA-256, hexadecimal: 64 at most
   */
  public static String of(String text, int digits) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, digits);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has SHA-256
    }
  }
}
