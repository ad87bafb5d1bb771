package io.pidcheck.probe.masking;

/** Secrets that show by their own look, whatever name they stand under. */
final class SecretShapes {

  /**
   * @param minLength with the prefix: shorter ones are ordinary words
   */
  private record Prefix(String text, int minLength) {}

  private static final Prefix[] PREFIXES = {
    new Prefix("AKIA", 20), // AWS access key ids
    new Prefix("ASIA", 20),
    new Prefix("ghp_", 20), // GitHub
    new Prefix("gho_", 20),
    new Prefix("ghu_", 20),
    new Prefix("ghs_", 20),
    new Prefix("ghr_", 20),
    new Prefix("github_pat_", 20),
    new Prefix("glpat-", 20), // GitLab
    new Prefix("xoxb-", 15), // Slack
    new Prefix("xoxp-", 15),
    new Prefix("xoxa-", 15),
    new Prefix("xoxr-", 15),
    new Prefix("xoxs-", 15),
    new Prefix("xoxe.", 15),
    new Prefix("xoxe-", 15),
    new Prefix("xapp-", 15),
    new Prefix("sk-", 24), // OpenAI and others
    new Prefix("sk_live_", 20), // Stripe
    new Prefix("rk_live_", 20),
    new Prefix("AIza", 35), // Google
    new Prefix("ya29.", 20),
    new Prefix("hvs.", 20), // Vault
    new Prefix("hvb.", 20),
    new Prefix("npm_", 30),
    new Prefix("pypi-", 30),
    new Prefix("dckr_pat_", 20),
    new Prefix("SG.", 40), // SendGrid
  };

  private static final int MIN_JWT = 30;

  private SecretShapes() {}

  /** How many characters from {@code at} on are a secret; 0 when none begins there. */
  static int length(String text, int at) {
    char c = text.charAt(at);
    if (c == '-' && text.startsWith("-----BEGIN", at)) {
      return privateKey(text, at);
    }
    if (at > 0 && isTokenChar(text.charAt(at - 1)) && text.charAt(at - 1) != '-') {
      return 0; // inside a word
    }
    if (c == 's' && text.startsWith("services/T", at)) {
      return slackWebhook(text, at);
    }
    int end = at;
    while (end < text.length() && isTokenChar(text.charAt(end))) {
      end++;
    }
    if (c == 'e' && text.startsWith("eyJ", at)) {
      return isJwt(text, at, end) ? end - at : 0;
    }
    for (Prefix prefix : PREFIXES) {
      if (c == prefix.text.charAt(0)
          && end - at >= prefix.minLength
          && text.startsWith(prefix.text, at)
          && hasDigitOrUpper(text, at + prefix.text.length(), end)) {
        return end - at;
      }
    }
    return 0;
  }

  // RFC 7515: base64url of {"..., a dot, the claims, a dot, the signature
  private static boolean isJwt(String text, int from, int to) {
    int dots = 0;
    for (int i = from; i < to; i++) {
      dots += text.charAt(i) == '.' ? 1 : 0;
    }
    return dots >= 1 && to - from >= MIN_JWT;
  }

  // sk-learn-with-a-very-long-name is no key
  private static boolean hasDigitOrUpper(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')) {
        return true;
      }
    }
    return false;
  }

  // https://hooks.slack.com/services/T.../B.../...: who knows it may post
  private static int slackWebhook(String text, int at) {
    if (!text.startsWith("hooks.slack.com/", at - "hooks.slack.com/".length())) {
      return 0;
    }
    int end = at;
    while (end < text.length() && (isTokenChar(text.charAt(end)) || text.charAt(end) == '/')) {
      end++;
    }
    return end - at;
  }

  private static int privateKey(String text, int at) {
    int headerEnd = text.indexOf("-----", at + 10);
    if (headerEnd < 0 || !text.substring(at, headerEnd).contains("PRIVATE KEY")) {
      return 0;
    }
    int footer = text.indexOf("-----END", headerEnd);
    int end = footer < 0 ? -1 : text.indexOf("-----", footer + 8);
    return (end < 0 ? text.length() : end + 5) - at;
  }

  private static boolean isTokenChar(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-'
        || c == '.';
  }
}
