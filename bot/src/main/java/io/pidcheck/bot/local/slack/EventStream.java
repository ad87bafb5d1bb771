package io.pidcheck.bot.local.slack;

import io.pidcheck.bot.local.slack.workspace.Json;
import io.pidcheck.bot.local.slack.workspace.Message;
import io.pidcheck.bot.local.slack.workspace.OpenView;
import io.pidcheck.bot.local.slack.workspace.Wire;
import io.pidcheck.bot.local.slack.workspace.Workspace;
import io.pidcheck.bot.local.slack.workspace.WorkspaceListener;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** GET /control/events: Server-Sent Events to every open page. */
final class EventStream implements WorkspaceListener {

  private static final int MAX_LISTENERS = 50;

  private final Workspace workspace;
  private final Wire wire;
  private final List<HttpServerResponse> listeners = new ArrayList<>();

  EventStream(Workspace workspace, Wire wire) {
    this.workspace = workspace;
    this.wire = wire;
  }

  void open(RoutingContext context, boolean connected) {
    if (listeners.size() >= MAX_LISTENERS) {
      Guards.answer(context, 503, Json.refusal("too_many_listeners"));
      return;
    }
    HttpServerResponse response = context.response();
    response
        .setChunked(true)
        .putHeader("Content-Type", "text/event-stream; charset=utf-8")
        .putHeader("Cache-Control", "no-store");
    response.closeHandler(closed -> listeners.remove(response));
    response.exceptionHandler(failure -> listeners.remove(response));
    listeners.add(response);
    write(response, event("connection", Json.object().put("connected", connected)));
  }

  @Override
  public void onMessage(Message message) {
    ObjectNode data = Json.object().put("channel", message.channel());
    data.set("message", wire.controlMessage(message));
    publish("message", data);
  }

  @Override
  public void onDeleted(String channel, String ts) {
    publish("deleted", Json.object().put("channel", channel).put("ts", ts));
  }

  @Override
  public void onView(String user) {
    ObjectNode data = Json.object().put("user", user);
    List<OpenView> views = workspace.modals().of(user);
    data.set("view", views.isEmpty() ? Json.array().nullNode() : views.getLast().json());
    publish("view", data);
  }

  void onConnection(boolean connected) {
    publish("connection", Json.object().put("connected", connected));
  }

  /** A comment, so that a dead connection is noticed. */
  void ping() {
    List.copyOf(listeners).forEach(listener -> write(listener, ": ping\n\n"));
  }

  private void publish(String name, JsonNode data) {
    String event = event(name, data);
    List.copyOf(listeners).forEach(listener -> write(listener, event));
  }

  private static String event(String name, JsonNode data) {
    return "event: " + name + "\ndata: " + data + "\n\n";
  }

  // a page that does not keep up is cut off; it reconnects and reads everything anew
  private void write(HttpServerResponse listener, String text) {
    if (listener.writeQueueFull()) {
      listeners.remove(listener);
      listener.reset();
      return;
    }
    listener.write(text);
  }
}
