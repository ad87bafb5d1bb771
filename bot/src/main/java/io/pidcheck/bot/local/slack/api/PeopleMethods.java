package io.pidcheck.bot.local.slack.api;

import io.pidcheck.bot.local.slack.workspace.Directory;
import io.pidcheck.bot.local.slack.workspace.Json;
import io.pidcheck.bot.local.slack.workspace.UserGroup;
import io.pidcheck.bot.local.slack.workspace.Wire;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** https://docs.slack.dev/reference/methods?family=users and usergroups */
final class PeopleMethods {

  private final Directory directory;

  PeopleMethods(Directory directory) {
    this.directory = directory;
  }

  Map<String, Method> all() {
    return Map.of(
        "users.info", this::info,
        "users.list", this::list,
        "usergroups.list", this::groups,
        "usergroups.users.list", this::members);
  }

  private Answer info(Arguments arguments) {
    return arguments
        .text("user")
        .flatMap(directory::member)
        .map(
            member -> {
              ObjectNode body = Json.done();
              body.set("user", Wire.user(member, arguments.flag("include_locale")));
              return Answer.done(body);
            })
        .orElseGet(() -> Answer.refused("user_not_found"));
  }

  private Answer list(Arguments arguments) {
    boolean locale = arguments.flag("include_locale");
    ObjectNode body = Json.done();
    ArrayNode members = body.putArray("members");
    directory.people().forEach(person -> members.add(Wire.user(person, locale)));
    members.add(Wire.user(Directory.BOT, locale));
    body.putObject("response_metadata").put("next_cursor", "");
    return Answer.done(body);
  }

  private Answer groups(Arguments arguments) {
    ObjectNode body = Json.done();
    ArrayNode groups = body.putArray("usergroups");
    for (UserGroup group : directory.groups()) {
      ObjectNode json =
          groups
              .addObject()
              .put("id", group.id())
              .put("team_id", Directory.TEAM_ID)
              .put("is_usergroup", true)
              .put("name", group.name())
              .put("handle", group.handle())
              .put("user_count", group.users().size());
      if (arguments.flag("include_users")) {
        group.users().forEach(json.putArray("users")::add);
      }
    }
    return Answer.done(body);
  }

  private Answer members(Arguments arguments) {
    Optional<UserGroup> group = arguments.text("usergroup").flatMap(directory::group);
    if (group.isEmpty()) {
      return Answer.refused("no_such_subteam");
    }
    ObjectNode body = Json.done();
    group.get().users().forEach(body.putArray("users")::add);
    return Answer.done(body);
  }
}
