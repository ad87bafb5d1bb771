package io.pidcheck.bot.chat;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.util.json.GsonFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A message as a text that can be kept, in Slack's own form. */
public final class MessageJson {

  private static final Gson GSON = GsonFactory.createSnakeCase();

  private MessageJson() {}

  public static String write(Message message) {
    JsonObject json = new JsonObject();
    json.addProperty("text", message.text());
    json.add("blocks", GSON.toJsonTree(message.blocks().toArray(LayoutBlock[]::new)));
    return json.toString();
  }

  /** Empty for a text that is no message. */
  public static Optional<Message> read(String json) {
    try {
      JsonObject object = GSON.fromJson(json, JsonObject.class);
      if (object == null) {
        return Optional.empty();
      }
      List<LayoutBlock> blocks = new ArrayList<>();
      JsonArray array = object.getAsJsonArray("blocks");
      array.forEach(block -> blocks.add(GSON.fromJson(block, LayoutBlock.class)));
      return Optional.of(new Message(object.get("text").getAsString(), blocks));
    } catch (JsonParseException | IllegalArgumentException | IllegalStateException e) {
      return Optional.empty();
    }
  }
}
