package io.pidcheck.bot.local.slack.person;

import io.pidcheck.bot.local.slack.workspace.Channel;
import io.pidcheck.bot.local.slack.workspace.Directory;
import io.pidcheck.bot.local.slack.workspace.Json;
import io.pidcheck.bot.local.slack.workspace.Member;
import io.pidcheck.bot.local.slack.workspace.Message;
import io.pidcheck.bot.local.slack.workspace.OpenView;
import io.pidcheck.bot.local.slack.workspace.ResponseUrls.Origin;
import io.pidcheck.bot.local.slack.workspace.Wire;
import io.pidcheck.bot.local.slack.workspace.Workspace;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The payloads that the bot gets: https://docs.slack.dev/reference/interaction-payloads */
final class Payloads {

  /** Deprecated by Slack, yet sent with everything. */
  private static final String VERIFICATION_TOKEN = "local-verification-token";

  private final Workspace workspace;
  private final Wire wire;

  Payloads(Workspace workspace, Wire wire) {
    this.workspace = workspace;
    this.wire = wire;
  }

  ObjectNode slashCommand(String command, String text, Member user, Channel channel) {
    Origin origin = new Origin(user.id(), channel.id(), Optional.empty(), Optional.empty());
    return Json.object()
        .put("token", VERIFICATION_TOKEN)
        .put("team_id", Directory.TEAM_ID)
        .put("team_domain", Directory.TEAM_DOMAIN)
        .put("channel_id", channel.id())
        .put("channel_name", nameOf(channel))
        .put("user_id", user.id())
        .put("user_name", user.name())
        .put("command", command)
        .put("text", text)
        .put("api_app_id", Directory.APP_ID)
        .put("is_enterprise_install", "false")
        .put("response_url", responseUrl(origin))
        .put("trigger_id", workspace.triggers().issue(user.id()));
  }

  /** A click in a message. */
  ObjectNode blockActions(Member user, Channel channel, Message message, ObjectNode state) {
    ObjectNode payload = interaction("block_actions", user);
    ObjectNode container =
        payload
            .putObject("container")
            .put("type", "message")
            .put("message_ts", message.ts())
            .put("channel_id", channel.id())
            .put("is_ephemeral", message.isEphemeral());
    message.threadTs().ifPresent(ts -> container.put("thread_ts", ts));
    payload.putObject("channel").put("id", channel.id()).put("name", nameOf(channel));
    if (!message.isEphemeral()) { // Slack keeps no ephemeral message that it could send
      payload.set("message", wire.message(message));
    }
    payload.putObject("state").set("values", state);
    Origin origin =
        new Origin(user.id(), channel.id(), Optional.of(message.ts()), message.threadTs());
    payload.put("response_url", responseUrl(origin));
    return payload.put("trigger_id", workspace.triggers().issue(user.id()));
  }

  /** A click in a modal. */
  ObjectNode blockActions(Member user, OpenView view, ObjectNode state) {
    ObjectNode payload = interaction("block_actions", user);
    payload.putObject("container").put("type", "view").put("view_id", view.id());
    payload.set("view", withState(view, state));
    return payload.put("trigger_id", workspace.triggers().issue(user.id()));
  }

  ObjectNode viewSubmission(Member user, OpenView view, ObjectNode state) {
    ObjectNode payload = interaction("view_submission", user);
    payload.set("view", withState(view, state));
    payload.putArray("response_urls");
    return payload.put("trigger_id", workspace.triggers().issue(user.id()));
  }

  ObjectNode viewClosed(Member user, OpenView view, boolean isCleared) {
    ObjectNode payload = interaction("view_closed", user);
    payload.set("view", view.json());
    return payload.put("is_cleared", isCleared);
  }

  private static ObjectNode withState(OpenView view, ObjectNode state) {
    ObjectNode json = view.json();
    json.putObject("state").set("values", state);
    return json;
  }

  private static ObjectNode interaction(String type, Member user) {
    ObjectNode payload =
        Json.object()
            .put("type", type)
            .put("api_app_id", Directory.APP_ID)
            .put("token", VERIFICATION_TOKEN)
            .put("is_enterprise_install", false)
            .putNull("enterprise");
    payload
        .putObject("user")
        .put("id", user.id())
        .put("username", user.name())
        .put("name", user.name())
        .put("team_id", Directory.TEAM_ID);
    payload.putObject("team").put("id", Directory.TEAM_ID).put("domain", Directory.TEAM_DOMAIN);
    return payload;
  }

  private String responseUrl(Origin origin) {
    return wire.responseUrl(workspace.responseUrls().issue(origin)).toString();
  }

  private static String nameOf(Channel channel) {
    return channel.isDirect() ? "directmessage" : channel.name();
  }
}
