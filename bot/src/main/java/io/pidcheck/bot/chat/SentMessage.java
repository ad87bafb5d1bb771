package io.pidcheck.bot.chat;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.util.json.GsonFactory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * A message of ours as text, to be sent again with something below it. Only what we have written
 * goes this way: of blocks that come from Slack, the SDK would drop what it does not know.
 */
public final class SentMessage {

  private static final Gson GSON = GsonFactory.createSnakeCase();
  private static final int MOST_BYTES = 1_000_000;

  private record Parts(String text, List<LayoutBlock> blocks) {}

  private SentMessage() {}

  /** Compressed; a diagnosis is about 4 kB so. */
  public static String write(Message message) {
    Parts parts = new Parts(message.text(), message.blocks());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
      out.write(GSON.toJson(parts).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // into memory
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  /** Empty where the text is none of {@link #write}'s. */
  public static Optional<Message> read(String kept) {
    if (kept.isEmpty()) {
      return Optional.empty();
    }
    try (InflaterInputStream in =
        new InflaterInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(kept)))) {
      String json = new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
      Parts parts = GSON.fromJson(json, Parts.class);
      return Optional.of(new Message(parts.text(), parts.blocks()));
    } catch (IOException | JsonParseException | IllegalArgumentException | NullPointerException e) {
      return Optional.empty();
    }
  }
}
