package io.pidcheck.probe.masking;

import java.util.Optional;

/**
 * Where addresses have their secrets: RFC 3986, and those who do not escape what it wants escaped.
 */
final class Addresses {

  /** A user's name alone says who; one as long as this is a token. */
  private static final int MIN_TOKEN = 20;

  /** The part of a text that is secret. */
  record Secret(int from, int to) {}

  private Addresses() {}

  /** In {@code user:secret@host/path}, as it follows {@code scheme://}. */
  static Optional<Secret> inUserInfo(String rest) {
    int path = firstOf(rest, "/?#");
    String authority = path < 0 ? rest : rest.substring(0, path);
    int colon = authority.indexOf(':');
    int sign = authority.lastIndexOf('@');
    if (sign < 0 && colon >= 0 && !HarmlessValues.isNumber(authority.substring(colon + 1))) {
      sign = rest.indexOf('@'); // user:a/b@host
    } else if (sign >= 0 && colon >= 0 && colon < sign) {
      int query = rest.indexOf('?');
      sign = (query < 0 ? rest : rest.substring(0, query)).lastIndexOf('@'); // user:a@b/c@host
    }
    if (sign <= 0) {
      return Optional.empty();
    }
    if (colon >= 0 && colon < sign) {
      return colon + 1 < sign ? Optional.of(new Secret(colon + 1, sign)) : Optional.empty();
    }
    return sign >= MIN_TOKEN ? Optional.of(new Secret(0, sign)) : Optional.empty();
  }

  /**
   * In {@code user:secret@host}, as AMQP tools and rsync take it; not in an image's name. In {@code
   * user/secret@host} for Oracle.
   */
  static Optional<Secret> inShortAddress(String word, boolean slashed) {
    int sign = word.lastIndexOf('@');
    if (slashed || word.startsWith("jdbc:oracle:")) {
      int slash = word.lastIndexOf('/', sign < 0 ? word.length() : sign);
      int end = sign < 0 ? word.length() : sign;
      return slash > 0 && slash + 1 < end
          ? Optional.of(new Secret(slash + 1, end))
          : Optional.empty();
    }
    int colon = word.indexOf(':');
    if (colon < 1 || sign < colon + 2 || sign + 1 == word.length()) {
      return Optional.empty();
    }
    boolean other = word.startsWith("//", colon + 1) || word.startsWith("sha256:", sign + 1);
    if (other || word.lastIndexOf('/', sign) >= 0 || word.lastIndexOf('=', colon) >= 0) {
      return Optional.empty();
    }
    return Optional.of(new Secret(colon + 1, sign));
  }

  private static int firstOf(String text, String characters) {
    for (int i = 0; i < text.length(); i++) {
      if (characters.indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }
}
