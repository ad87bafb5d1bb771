package io.pidcheck.bot.incident;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The ledger's texts: what is remembered, as JSON. */
public final class IncidentJson {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private IncidentJson() {}

  public static String write(NodeEntry entry) {
    return JSON.writeValueAsString(entry);
  }

  public static String write(Storm storm) {
    return JSON.writeValueAsString(storm);
  }

  /**
   * Empty for a text that somebody broke by hand: that node begins anew, rather than the bot
   * ending.
   */
  public static Optional<NodeEntry> entry(String json) {
    return read(json, NodeEntry.class);
  }

  public static Optional<Storm> storm(String json) {
    return read(json, Storm.class);
  }

  private static <T> Optional<T> read(String json, Class<T> type) {
    try {
      return Optional.of(JSON.readValue(json, type));
    } catch (JacksonException | NullPointerException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
