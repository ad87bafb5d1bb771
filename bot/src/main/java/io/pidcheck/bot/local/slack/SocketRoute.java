package io.pidcheck.bot.local.slack;

import io.pidcheck.bot.local.slack.socket.SocketMode;
import io.pidcheck.bot.local.slack.workspace.Directory;
import io.pidcheck.bot.local.slack.workspace.Json;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.Optional;

/** Lets the bot's WebSocket in. */
final class SocketRoute {

  private final SocketMode socket;
  private final URI base;

  SocketRoute(SocketMode socket, URI base) {
    this.socket = socket;
    this.base = base;
  }

  URI newUrl() {
    return URI.create(
        "ws://"
            + base.getAuthority()
            + "/socket?ticket="
            + socket.newTicket()
            + "&app_id="
            + Directory.APP_ID);
  }

  void mount(Router router) {
    router.get("/socket").handler(this::connect);
  }

  private void connect(RoutingContext context) {
    if (!"websocket".equalsIgnoreCase(context.request().getHeader("Upgrade"))) {
      Guards.answer(context, 426, Json.refusal("websocket_required"));
      return;
    }
    String ticket = Optional.ofNullable(context.request().getParam("ticket")).orElse("");
    if (!socket.admits(ticket)) {
      Guards.answer(
          context,
          socket.isRefusing() ? 503 : 403,
          Json.refusal(socket.isRefusing() ? "service_unavailable" : "invalid_ticket"));
      return;
    }
    context.request().toWebSocket().onSuccess(socket::connected).onFailure(context::fail);
  }
}
