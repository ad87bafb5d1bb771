package io.pidcheck.bot.local.slack;

import io.pidcheck.bot.local.slack.api.Arguments;
import io.pidcheck.bot.local.slack.api.Faults;
import io.pidcheck.bot.local.slack.person.People;
import io.pidcheck.bot.local.slack.socket.EventDelivery;
import io.pidcheck.bot.local.slack.socket.SocketMode;
import io.pidcheck.bot.local.slack.workspace.Channel;
import io.pidcheck.bot.local.slack.workspace.Directory;
import io.pidcheck.bot.local.slack.workspace.Json;
import io.pidcheck.bot.local.slack.workspace.Message;
import io.pidcheck.bot.local.slack.workspace.OpenView;
import io.pidcheck.bot.local.slack.workspace.SlashCommand;
import io.pidcheck.bot.local.slack.workspace.UserGroup;
import io.pidcheck.bot.local.slack.workspace.Wire;
import io.pidcheck.bot.local.slack.workspace.Workspace;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The control API, as {@link LocalSlack} describes it. */
final class ControlRoutes {

  private final Workspace workspace;
  private final Wire wire;
  private final SocketMode socket;
  private final People people;
  private final EventDelivery eventDelivery;

  ControlRoutes(Workspace workspace, Wire wire, SocketMode socket, People people) {
    this.workspace = workspace;
    this.wire = wire;
    this.socket = socket;
    this.people = people;
    this.eventDelivery = new EventDelivery(socket);
  }

  void mount(Router router, Faults faults, EventStream events) {
    router.route("/control/*").handler(Guards::onlyJson);
    router.route("/control/*").handler(Bodies.small());
    router.get("/control/workspace").handler(c -> Guards.answer(c, 200, overview()));
    router.get("/control/messages").handler(this::messages);
    router.get("/control/views").handler(this::views);
    router.get("/control/events").handler(c -> events.open(c, socket.isConnected()));
    post(router, "say", people.speech()::say);
    post(router, "click", people.clicks()::click);
    post(router, "submit", people.forms()::submit);
    post(router, "event", this::event);
    post(router, "close", body -> Future.succeededFuture(people.forms().close(body)));
    router.post("/control/faults").handler(c -> withBody(c, this.faults(faults)));
    router.get("/control/faults").handler(c -> Guards.answer(c, 200, active(faults)));
  }

  private static void post(
      Router router, String name, Function<Arguments, Future<ObjectNode>> action) {
    router
        .post("/control/" + name)
        .handler(
            context ->
                withBody(
                    context,
                    (c, body) ->
                        action
                            .apply(new Arguments(body))
                            .onSuccess(answer -> Guards.answer(c, 200, answer))
                            .onFailure(c::fail)));
  }

  static void withBody(RoutingContext context, BiConsumer<RoutingContext, ObjectNode> action) {
    Bodies.json(context)
        .ifPresentOrElse(
            body -> action.accept(context, body),
            () -> Guards.answer(context, 400, Json.refusal("the body must be a JSON object")));
  }

  private BiConsumer<RoutingContext, ObjectNode> faults(Faults faults) {
    return (context, body) -> {
      switch (FaultRequest.read(body)) {
        case FaultRequest.Invalid invalid ->
            Guards.answer(context, 400, Json.refusal(invalid.reason()));
        case FaultRequest.Valid valid -> {
          FaultRequest.apply(valid, faults);
          if (valid.clear()) {
            socket.accept();
          }
          valid.socket().ifPresent(this::socketFault);
          Guards.answer(context, 200, active(faults));
        }
      }
    };
  }

  private void socketFault(String name) {
    switch (name) {
      case "drop" -> socket.drop();
      case "refuse" -> socket.refuse();
      case "warn" -> socket.warn();
      case "refresh" -> socket.refresh();
      default -> socket.accept();
    }
  }

  private ObjectNode active(Faults faults) {
    ObjectNode answer = Json.done().put("socket", socket.isRefusing() ? "refuse" : "accept");
    answer.set("faults", faults.json());
    return answer;
  }

  private Future<ObjectNode> event(Arguments body) {
    return Future.succeededFuture(
        body.json("event")
            .filter(event -> event.isObject() && event.path("type").isString())
            .map(event -> Json.done().put("event_id", eventDelivery.send(event.asObject())))
            .orElseGet(() -> Json.refusal("event must be an object with a type")));
  }

  private ObjectNode overview() {
    ObjectNode overview = Json.done();
    overview.putObject("team").put("id", Directory.TEAM_ID).put("name", Directory.TEAM_NAME);
    overview
        .putObject("bot")
        .put("user_id", Directory.BOT.id())
        .put("name", Directory.BOT.name())
        .put("connected", socket.isConnected());
    ArrayNode users = overview.putArray("users");
    workspace
        .directory()
        .people()
        .forEach(
            person ->
                users
                    .addObject()
                    .put("id", person.id())
                    .put("name", person.name())
                    .put("real_name", person.realName())
                    .put("locale", person.locale())
                    .put("role", person.role())
                    .put("color", person.color()));
    addGroups(overview.putArray("usergroups"));
    addChannels(overview.putArray("channels"));
    addCommands(overview.putArray("commands"));
    return overview;
  }

  private void addGroups(ArrayNode groups) {
    for (UserGroup group : workspace.directory().groups()) {
      groups
          .addObject()
          .put("id", group.id())
          .put("handle", group.handle())
          .put("name", group.name());
    }
  }

  private void addChannels(ArrayNode channels) {
    for (Channel channel : workspace.directory().channels()) {
      ObjectNode json =
          channels
              .addObject()
              .put("id", channel.id())
              .put("name", channel.name())
              .put("is_im", channel.isDirect())
              .put("topic", channel.topic());
      channel.user().ifPresent(user -> json.put("user", user));
    }
  }

  private void addCommands(ArrayNode commands) {
    for (SlashCommand command : people.speech().commands()) {
      commands
          .addObject()
          .put("command", command.command())
          .put("usage_hint", command.usageHint())
          .put("description", command.description());
    }
  }

  private void messages(RoutingContext context) {
    Optional<String> user = query(context, "user");
    Optional<Channel> channel =
        query(context, "channel")
            .flatMap(workspace.directory()::channel)
            .filter(c -> user.map(c::isOpenTo).orElse(true));
    if (channel.isEmpty()) {
      Guards.answer(context, 404, Json.refusal("channel_not_found"));
      return;
    }
    ObjectNode answer = Json.done();
    ArrayNode list = answer.putArray("messages");
    for (Message message : workspace.messages(channel.get().id())) {
      if (user.map(message::isVisibleTo).orElse(true)) {
        list.add(wire.controlMessage(message));
      }
    }
    Guards.answer(context, 200, answer);
  }

  private void views(RoutingContext context) {
    Optional<String> user =
        query(context, "user").filter(id -> workspace.directory().person(id).isPresent());
    if (user.isEmpty()) {
      Guards.answer(context, 404, Json.refusal("user_not_found"));
      return;
    }
    ObjectNode answer = Json.done();
    ArrayNode list = answer.putArray("views");
    workspace.modals().of(user.get()).forEach(view -> list.add(view(view)));
    Guards.answer(context, 200, answer);
  }

  private static ObjectNode view(OpenView view) {
    ObjectNode json = Json.object().put("id", view.id());
    json.set("view", view.json());
    return json;
  }

  private static Optional<String> query(RoutingContext context, String name) {
    return Optional.ofNullable(context.queryParams().get(name));
  }
}
