package io.pidcheck.bot.local.slack.person;

import io.pidcheck.bot.local.slack.api.Arguments;
import io.pidcheck.bot.local.slack.socket.Ack;
import io.pidcheck.bot.local.slack.socket.Envelope;
import io.pidcheck.bot.local.slack.workspace.Channel;
import io.pidcheck.bot.local.slack.workspace.Directory;
import io.pidcheck.bot.local.slack.workspace.Json;
import io.pidcheck.bot.local.slack.workspace.Member;
import io.pidcheck.bot.local.slack.workspace.Message;
import io.pidcheck.bot.local.slack.workspace.OpenView;
import io.pidcheck.bot.local.slack.workspace.Workspace;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A person presses a button or chooses from a menu, in a message or in a modal. */
public final class Clicks {

  private final App app;
  private final Directory directory;
  private final Workspace workspace;
  private final Payloads payloads;
  private final Selections selections = new Selections();

  Clicks(App app) {
    this.app = app;
    this.workspace = app.workspace();
    this.directory = workspace.directory();
    this.payloads = app.payloads();
  }

  /** Takes {user, channel, ts | view_id, action_id, block_id?, confirm, selected_option?}. */
  public Future<ObjectNode> click(Arguments body) {
    Optional<Member> user = body.text("user").flatMap(directory::person);
    if (user.isEmpty()) {
      return refused("user_not_found");
    }
    return body.has("view_id") ? inView(user.get(), body) : inMessage(user.get(), body);
  }

  private Future<ObjectNode> inMessage(Member user, Arguments body) {
    Optional<Channel> channel =
        body.text("channel").flatMap(directory::channel).filter(c -> c.isOpenTo(user.id()));
    if (channel.isEmpty()) {
      return refused("channel_not_found");
    }
    Optional<Message> message =
        body.text("ts")
            .flatMap(ts -> workspace.message(channel.get().id(), ts))
            .filter(m -> m.isVisibleTo(user.id()));
    if (message.isEmpty()) {
      return refused("message_not_found");
    }
    List<Element> elements = Element.in(message.get().content().blocks());
    return switch (Choice.of(elements, body)) {
      case Choice.Refused refused -> refused(refused.error());
      case Choice.Made made -> {
        ObjectNode state = selections.after(user, message.get(), made);
        ObjectNode payload = payloads.blockActions(user, channel.get(), message.get(), state);
        yield send(payload, made);
      }
    };
  }

  private Future<ObjectNode> inView(Member user, Arguments body) {
    Optional<OpenView> view =
        body.text("view_id")
            .flatMap(workspace.modals()::byId)
            .filter(v -> v.user().equals(user.id()));
    if (view.isEmpty()) {
      return refused("view_not_found");
    }
    List<Element> elements = Element.in(view.get().definition().path("blocks"));
    return switch (Choice.of(elements, body)) {
      case Choice.Refused refused -> refused(refused.error());
      case Choice.Made made -> {
        JsonNode values = body.json("values").orElseGet(Json::object);
        ObjectNode state = new FilledForm(elements, values).state();
        Selections.put(state, made);
        yield send(payloads.blockActions(user, view.get(), state), made);
      }
    };
  }

  private Future<ObjectNode> send(ObjectNode payload, Choice.Made made) {
    payload.putArray("actions").add(made.action(workspace.nextTs()));
    return app.socket()
        .deliver(Envelope.blockActions(payload))
        .map(
            ack ->
                switch (ack) {
                  case Ack.Taken taken -> Json.done();
                  case Ack.Failed failed -> Json.refusal(failed.error());
                });
  }

  private static Future<ObjectNode> refused(String error) {
    return Future.succeededFuture(Json.refusal(error));
  }
}
