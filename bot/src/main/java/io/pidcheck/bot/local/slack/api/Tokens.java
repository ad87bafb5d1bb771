package io.pidcheck.bot.local.slack.api;

import java.util.Optional;

/**
 * The two tokens of the app. They are fixed: whoever reaches this loopback server may use them, and
 * a bot that is restarted beside it need not be told new ones.
 */
public record Tokens(String bot, String app) {

  public static final Tokens LOCAL = new Tokens("xoxb-local-pidcheck", "xapp-1-A0PIDCHECK-local");

  private static final String APP_METHOD = "apps.connections.open";

  /** Slack's error for that token on that method; empty when it may. */
  Optional<String> refusal(String method, Optional<String> token) {
    if (method.equals("api.test")) {
      return Optional.empty();
    }
    if (token.isEmpty()) {
      return Optional.of("not_authed");
    }
    boolean isBot = token.get().equals(bot);
    if (!isBot && !token.get().equals(app)) {
      return Optional.of("invalid_auth");
    }
    boolean fits = method.equals("auth.test") || isBot != method.equals(APP_METHOD);
    return fits ? Optional.empty() : Optional.of("not_allowed_token_type");
  }
}
