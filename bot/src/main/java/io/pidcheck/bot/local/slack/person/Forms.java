package io.pidcheck.bot.local.slack.person;

import io.pidcheck.bot.local.slack.api.Arguments;
import io.pidcheck.bot.local.slack.api.ViewMethods;
import io.pidcheck.bot.local.slack.socket.Ack;
import io.pidcheck.bot.local.slack.socket.Envelope;
import io.pidcheck.bot.local.slack.workspace.Json;
import io.pidcheck.bot.local.slack.workspace.Member;
import io.pidcheck.bot.local.slack.workspace.Modals;
import io.pidcheck.bot.local.slack.workspace.OpenView;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A person submits or closes a modal. */
public final class Forms {

  private final App app;
  private final Modals modals;

  Forms(App app) {
    this.app = app;
    this.modals = app.workspace().modals();
  }

  /** Takes {user, view_id, values}. */
  public Future<ObjectNode> submit(Arguments body) {
    Optional<OpenView> view = view(body);
    if (view.isEmpty()) {
      return Future.succeededFuture(Json.refusal("view_not_found"));
    }
    if (!modals.of(view.get().user()).getLast().equals(view.get())) {
      return Future.succeededFuture(Json.refusal("view_not_on_top"));
    }
    FilledForm form =
        new FilledForm(
            Element.in(view.get().definition().path("blocks")),
            body.json("values").orElseGet(Json::object));
    ObjectNode errors = form.errors();
    if (!errors.isEmpty()) {
      return Future.succeededFuture(withErrors("invalid_input", errors));
    }
    ObjectNode payload =
        app.payloads().viewSubmission(person(view.get()), view.get(), form.state());
    return app.socket()
        .deliver(Envelope.view(payload, true))
        .map(ack -> acknowledged(view.get(), ack));
  }

  private ObjectNode acknowledged(OpenView view, Ack ack) {
    return switch (ack) {
      case Ack.Failed failed -> Json.refusal(failed.error());
      case Ack.Taken taken -> respond(view, taken.payload().orElseGet(Json::object));
    };
  }

  // https://docs.slack.dev/surfaces/modals: response_action
  private ObjectNode respond(OpenView submitted, ObjectNode response) {
    // the bot may have updated it before it acknowledged
    Optional<OpenView> view = modals.byId(submitted.id());
    return switch (response.path("response_action").asString("")) {
      case "" -> {
        view.ifPresent(modals::close);
        yield Json.done();
      }
      case "clear" -> {
        modals.closeAll(submitted.user());
        yield Json.done();
      }
      case "errors" -> withErrors("errors", response.path("errors").deepCopy());
      case "update", "push" -> view.map(open -> show(open, response)).orElseGet(Json::done);
      default -> Json.refusal("invalid_response_action");
    };
  }

  private ObjectNode show(OpenView view, ObjectNode response) {
    JsonNode next = response.path("view");
    List<String> problems = app.composer().problemsOfModal(next);
    if (!problems.isEmpty()) {
      return withErrors("invalid_view", Json.object().put("view", String.join("; ", problems)));
    }
    ObjectNode definition = ViewMethods.completed(next);
    if (response.path("response_action").asString("").equals("update")) {
      modals.update(view, definition);
      return Json.done();
    }
    if (modals.of(view.user()).size() >= Modals.MAX_DEPTH) {
      return Json.refusal("push_limit_reached");
    }
    modals.push(view.user(), definition);
    return Json.done();
  }

  /** Takes {user, view_id, clear?}. */
  public ObjectNode close(Arguments body) {
    Optional<OpenView> view = view(body);
    if (view.isEmpty()) {
      return Json.refusal("view_not_found");
    }
    boolean clear = body.flag("clear");
    if (clear) {
      modals.closeAll(view.get().user());
    } else {
      modals.close(view.get());
    }
    if (view.get().flag("notify_on_close")) {
      ObjectNode payload = app.payloads().viewClosed(person(view.get()), view.get(), clear);
      app.socket().deliver(Envelope.view(payload, false)).onFailure(failure -> {});
    }
    return Json.done();
  }

  private Optional<OpenView> view(Arguments body) {
    Optional<String> user = body.text("user");
    return body.text("view_id")
        .flatMap(modals::byId)
        .filter(view -> user.equals(Optional.of(view.user())));
  }

  private Member person(OpenView view) {
    return app.workspace().directory().person(view.user()).orElseThrow();
  }

  private static ObjectNode withErrors(String error, JsonNode errors) {
    ObjectNode answer = Json.refusal(error);
    answer.set("errors", errors);
    return answer;
  }
}
