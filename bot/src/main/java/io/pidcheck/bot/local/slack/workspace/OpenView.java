package io.pidcheck.bot.local.slack.workspace;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A modal that is open for one person.
 *
 * @param definition the view as the bot gave it, with what Slack fills in
 * @param hash changes with every update
 * @param rootId the first modal of the stack
 * @param previousId the modal below
 */
public record OpenView(
    String id,
    String user,
    ObjectNode definition,
    String hash,
    String rootId,
    Optional<String> previousId) {

  /** The view object that Slack answers and sends. */
  public ObjectNode json() {
    ObjectNode view =
        Json.object()
            .put("id", id)
            .put("team_id", Directory.TEAM_ID)
            .put("type", "modal")
            .put("app_id", Directory.APP_ID)
            .put("bot_id", Directory.BOT_ID)
            .put("app_installed_team_id", Directory.TEAM_ID)
            .put("callback_id", "")
            .put("external_id", "")
            .put("private_metadata", "")
            .put("clear_on_close", false)
            .put("notify_on_close", false)
            .putNull("submit")
            .putNull("close");
    view.setAll(definition.deepCopy());
    view.put("hash", hash).put("root_view_id", rootId);
    previousId.ifPresentOrElse(
        previous -> view.put("previous_view_id", previous), () -> view.putNull("previous_view_id"));
    view.putObject("state").putObject("values");
    return view;
  }

  public String text(String field) {
    return definition.path(field).asString("");
  }

  public boolean flag(String field) {
    return definition.path(field).asBoolean(false);
  }
}
