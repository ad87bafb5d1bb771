package io.pidcheck.bot.local.slack.api;

import io.pidcheck.bot.local.slack.blockkit.BlockKit;
import io.pidcheck.bot.local.slack.blockkit.Completion;
import io.pidcheck.bot.local.slack.workspace.Json;
import io.pidcheck.bot.local.slack.workspace.Modals;
import io.pidcheck.bot.local.slack.workspace.OpenView;
import io.pidcheck.bot.local.slack.workspace.Triggers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** https://docs.slack.dev/reference/methods?family=views */
public final class ViewMethods {

  private final Modals modals;
  private final Triggers triggers;
  private final BlockKit blockKit;

  ViewMethods(Modals modals, Triggers triggers, BlockKit blockKit) {
    this.modals = modals;
    this.triggers = triggers;
    this.blockKit = blockKit;
  }

  Map<String, Method> all() {
    return Map.of(
        "views.open", arguments -> show(arguments, this::open),
        "views.push", arguments -> show(arguments, this::push),
        "views.update", this::update);
  }

  private Answer show(Arguments arguments, BiFunction<String, ObjectNode, Answer> showing) {
    Optional<Answer> wrong = arguments.missing("trigger_id").or(() -> problemsOf(arguments));
    if (wrong.isPresent()) {
      return wrong.get();
    }
    return switch (triggers.use(arguments.text("trigger_id").orElse(""))) {
      case Triggers.Use.Refused refused -> Answer.refused(refused.error());
      case Triggers.Use.Granted granted -> showing.apply(granted.user(), definition(arguments));
    };
  }

  private Answer open(String user, ObjectNode definition) {
    return isTaken(definition, Optional.empty())
        ? Answer.refused("duplicate_external_id")
        : answer(modals.open(user, definition));
  }

  private Answer push(String user, ObjectNode definition) {
    int depth = modals.of(user).size();
    if (depth == 0) {
      return Answer.refused("not_found");
    }
    if (depth >= Modals.MAX_DEPTH) {
      return Answer.refused("push_limit_reached");
    }
    return isTaken(definition, Optional.empty())
        ? Answer.refused("duplicate_external_id")
        : answer(modals.push(user, definition));
  }

  private Answer update(Arguments arguments) {
    Optional<Answer> wrong = problemsOf(arguments);
    if (wrong.isPresent()) {
      return wrong.get();
    }
    Optional<OpenView> view =
        arguments
            .text("view_id")
            .flatMap(modals::byId)
            .or(() -> arguments.text("external_id").flatMap(modals::byExternalId));
    if (view.isEmpty()) {
      return Answer.refused("not_found");
    }
    if (arguments.text("hash").filter(hash -> !hash.equals(view.get().hash())).isPresent()) {
      return Answer.refused("hash_conflict");
    }
    ObjectNode definition = definition(arguments);
    return isTaken(definition, view)
        ? Answer.refused("duplicate_external_id")
        : answer(modals.update(view.get(), definition));
  }

  private boolean isTaken(ObjectNode definition, Optional<OpenView> by) {
    return Json.string(definition, "external_id")
        .filter(id -> !id.isEmpty())
        .flatMap(modals::byExternalId)
        .filter(other -> !by.map(OpenView::id).equals(Optional.of(other.id())))
        .isPresent();
  }

  private Optional<Answer> problemsOf(Arguments arguments) {
    Optional<Answer> missing = arguments.missing("view");
    if (missing.isPresent()) {
      return missing;
    }
    Optional<JsonNode> view = arguments.json("view");
    if (view.isEmpty()) {
      return Optional.of(Answer.invalidArguments("must be valid JSON [json-pointer:/view]"));
    }
    List<String> problems = blockKit.problemsOfModal(view.get());
    return problems.isEmpty()
        ? Optional.empty()
        : Optional.of(new Answer.Refused("invalid_arguments", problems));
  }

  private static ObjectNode definition(Arguments arguments) {
    return completed(arguments.json("view").orElseGet(Json::object));
  }

  /** A definition of its own, with the ids that were left out. */
  public static ObjectNode completed(JsonNode view) {
    ObjectNode definition = view.deepCopy().asObject();
    Completion.complete(definition.path("blocks"));
    return definition;
  }

  private static Answer answer(OpenView view) {
    ObjectNode body = Json.done();
    body.set("view", view.json());
    return Answer.done(body);
  }
}
