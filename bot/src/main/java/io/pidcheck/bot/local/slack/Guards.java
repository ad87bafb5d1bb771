package io.pidcheck.bot.local.slack;

import io.pidcheck.bot.local.slack.workspace.Json;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps out the web pages of others that a browser on this machine has open: they can reach a
 * loopback port, too. By name (DNS rebinding: Host), by script (Origin) and by link
 * (Sec-Fetch-Site).
 */
final class Guards {

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]", "::1");

  private Guards() {}

  static void onlyLocal(RoutingContext context) {
    HttpServerRequest request = context.request();
    HostAndPort host = request.authority();
    if (host == null || !isLoopback(host.host())) {
      answer(context, 403, Json.refusal("forbidden_host"));
      return;
    }
    Optional<String> origin = Optional.ofNullable(request.getHeader("Origin"));
    if (origin.filter(o -> !isLoopbackOrigin(o)).isPresent()
        || "cross-site".equals(request.getHeader("Sec-Fetch-Site"))) {
      answer(context, 403, Json.refusal("forbidden_origin"));
      return;
    }
    context.next();
  }

  /** A page of another site cannot send JSON without asking first, which it never gets. */
  static void onlyJson(RoutingContext context) {
    String type = Optional.ofNullable(context.request().getHeader("Content-Type")).orElse("");
    boolean isJson =
        type.toLowerCase(Locale.ROOT).split(";", 2)[0].strip().equals("application/json");
    if (context.request().method().equals(HttpMethod.POST) && !isJson) {
      answer(context, 415, Json.refusal("content_type_must_be_application_json"));
      return;
    }
    context.next();
  }

  private static boolean isLoopback(String host) {
    return LOOPBACK.contains(host.toLowerCase(Locale.ROOT));
  }

  // a browser sends scheme and host, the Socket Mode client (tyrus) the host alone
  private static boolean isLoopbackOrigin(String origin) {
    String authority = origin.replaceFirst("^(https?|wss?)://", "");
    return isLoopback(authority.replaceFirst(":[0-9]{1,5}$", ""));
  }

  static void answer(RoutingContext context, int status, ObjectNode body) {
    if (context.response().ended() || context.response().closed()) {
      return;
    }
    context
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json; charset=utf-8")
        .putHeader("Cache-Control", "no-store")
        .end(body.toString());
  }
}
