package io.pidcheck.bot.local.slack.workspace;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How the things of the workspace look as JSON, to the bot and to the page. */
public final class Wire {

  private final Workspace workspace;
  private final URI base;

  /**
   * @param base where the workspace is served, without a trailing slash
   */
  public Wire(Workspace workspace, URI base) {
    this.workspace = workspace;
    this.base = base;
  }

  public URI base() {
    return base;
  }

  /** Where the bytes of an announced file go. */
  public URI uploadUrl(String fileId) {
    return URI.create(base + "/upload/v1/" + fileId);
  }

  /** Where the bot may answer one interaction. */
  public URI responseUrl(String id) {
    return URI.create(base + "/actions/" + Directory.TEAM_ID + "/" + id);
  }

  /** Slack's form: the channel, and the ts without its dot. */
  public String permalink(Message message) {
    return base + "/archives/" + message.channel() + "/p" + message.ts().replace(".", "");
  }

  /** https://docs.slack.dev/reference/objects/message-object as the bot gets it. */
  public ObjectNode message(Message message) {
    ObjectNode json = Json.object().put("type", "message");
    if (message.isByBot()) {
      json.put("bot_id", Directory.BOT_ID).put("app_id", Directory.APP_ID);
    }
    json.put("team", Directory.TEAM_ID);
    addCommon(json, message);
    if (!message.content().attachments().isEmpty()) {
      json.set("attachments", message.content().attachments().deepCopy());
    }
    if (!message.content().files().isEmpty()) {
      json.put("subtype", "file_share");
    }
    message.editedTs().ifPresent(ts -> edited(json, ts).put("user", message.user()));
    return json;
  }

  /** The same message as the control API shows it. */
  public ObjectNode controlMessage(Message message) {
    ObjectNode json = Json.object();
    addCommon(json, message);
    json.put("channel", message.channel());
    if (!json.has("blocks")) {
      json.putArray("blocks");
    }
    message.ephemeralTo().ifPresent(user -> json.put("ephemeral_to", user));
    message.editedTs().ifPresent(ts -> edited(json, ts));
    return json;
  }

  private void addCommon(ObjectNode json, Message message) {
    json.put("user", message.user()).put("ts", message.ts()).put("text", message.content().text());
    message.threadTs().ifPresent(ts -> json.put("thread_ts", ts));
    if (!message.content().blocks().isEmpty()) {
      json.set("blocks", message.content().blocks().deepCopy());
    }
    if (!message.content().files().isEmpty()) {
      ArrayNode files = json.putArray("files");
      message.content().files().forEach(file -> files.add(file(file)));
    }
    addReplies(json, message);
    addReactions(json, message);
  }

  private void addReplies(ObjectNode json, Message message) {
    long replies = workspace.replyCount(message);
    if (replies > 0) {
      json.put("thread_ts", message.ts()).put("reply_count", replies);
    }
  }

  private static void addReactions(ObjectNode json, Message message) {
    if (message.reactions().isEmpty()) {
      return;
    }
    Map<String, List<String>> usersByName = new LinkedHashMap<>();
    for (Message.Reaction reaction : message.reactions()) {
      usersByName.computeIfAbsent(reaction.name(), name -> new ArrayList<>()).add(reaction.user());
    }
    ArrayNode reactions = json.putArray("reactions");
    usersByName.forEach(
        (name, users) -> {
          ObjectNode reaction = reactions.addObject().put("name", name).put("count", users.size());
          users.forEach(reaction.putArray("users")::add);
        });
  }

  private static ObjectNode edited(ObjectNode json, String ts) {
    return json.putObject("edited").put("ts", ts);
  }

  /** https://docs.slack.dev/reference/objects/file-object, with {@code url} and {@code thumb}. */
  public ObjectNode file(SlackFile file) {
    String path = "/files/" + file.id() + "/" + encoded(file.name());
    ObjectNode json =
        Json.object()
            .put("id", file.id())
            .put("name", file.name())
            .put("title", file.title())
            .put("mimetype", file.mimetype())
            .put("filetype", file.mimetype().substring(file.mimetype().indexOf('/') + 1))
            .put("size", file.content().length())
            .put("user", Directory.BOT.id())
            .put("mode", "hosted")
            .put("url", path)
            .put("url_private", base + path)
            .put("url_private_download", base + path)
            .put("permalink", base + path);
    if (file.isImage()) {
      json.put("thumb", path).put("thumb_360", base + path);
    }
    return json;
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** https://docs.slack.dev/reference/objects/user-object */
  public static ObjectNode user(Member member, boolean includeLocale) {
    ObjectNode json =
        Json.object()
            .put("id", member.id())
            .put("team_id", Directory.TEAM_ID)
            .put("name", member.name())
            .put("deleted", false)
            .put("color", member.color().substring(1))
            .put("real_name", member.realName())
            .put("tz", "Etc/UTC")
            .put("tz_label", "UTC")
            .put("tz_offset", 0)
            .put("is_admin", false)
            .put("is_owner", false)
            .put("is_bot", member.equals(Directory.BOT))
            .put("is_app_user", false)
            .put("updated", 0);
    json.putObject("profile")
        .put("real_name", member.realName())
        .put("real_name_normalized", member.realName())
        .put("display_name", member.name())
        .put("display_name_normalized", member.name())
        .put("team", Directory.TEAM_ID);
    if (includeLocale) {
      json.put("locale", member.locale());
    }
    return json;
  }

  /** https://docs.slack.dev/reference/objects/conversation-object */
  public ObjectNode channel(Channel channel) {
    ObjectNode json =
        Json.object()
            .put("id", channel.id())
            .put("created", 0)
            .put("is_im", channel.isDirect())
            .put("is_archived", false)
            .put("context_team_id", Directory.TEAM_ID);
    channel.user().ifPresent(user -> json.put("user", user));
    if (!channel.isDirect()) {
      json.put("name", channel.name())
          .put("name_normalized", channel.name())
          .put("is_channel", true)
          .put("is_group", false)
          .put("is_private", false)
          .put("is_general", channel.name().equals("general"))
          .put("is_member", workspace.directory().botIsIn(channel))
          .put("num_members", workspace.directory().people().size());
      json.putObject("topic").put("value", channel.topic()).put("creator", "").put("last_set", 0);
    }
    return json;
  }
}
