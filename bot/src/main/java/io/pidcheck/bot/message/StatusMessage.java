package io.pidcheck.bot.message;

import io.pidcheck.bot.chat.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The bot's own state. */
public final class StatusMessage {

  private static final Duration SILENT = Duration.ofMinutes(2);
  private static final int NAME = 80;
  private static final int NAMESPACES = 500;

  private StatusMessage() {}

  /**
   * What it says of itself.
   *
   * @param replica the one that answers
   * @param leader the one that watches; empty while there is none
   * @param channel where it posts unasked; empty where it does not
   */
  public record Status(
      String version,
      String replica,
      Optional<String> leader,
      Optional<String> channel,
      Watched watched) {}

  /**
   * What is watched.
   *
   * @param silence how long nothing has been heard of the pods; zero while the watch lives
   * @param open incidents; empty where the cluster does not tell
   * @param standbys nodes whose standby probe runs; empty where none is used
   */
  public record Watched(
      int pods, Duration silence, Optional<Integer> open, Optional<Integer> standbys) {}

  /**
   * Who asks; they may ask about nodes, or this would not be told.
   *
   * @param acts whether they may act on whole nodes and all pods
   * @param actsIn the namespaces on whose pods they may act
   */
  public record Asker(boolean acts, List<String> actsIn) {

    public Asker {
      actsIn = List.copyOf(actsIn);
    }
  }

  public static Message of(Status status, Asker asker, Texts texts) {
    List<Rich> lines = new ArrayList<>();
    boolean leads = status.leader().equals(Optional.of(status.replica()));
    lines.add(new Rich().say(texts, "status.replica", Foreign.line(status.replica(), NAME)));
    lines.add(
        status.leader().isEmpty()
            ? new Rich().say(texts, "status.no-leader")
            : new Rich()
                .say(
                    texts,
                    leads ? "status.leads" : "status.leader",
                    Foreign.line(status.leader().get(), NAME)));
    lines.add(watched(status.watched(), texts));
    lines.add(
        status
            .channel()
            .map(id -> new Rich().say(texts, "status.posts").plain(" ").channel(id))
            .orElseGet(() -> new Rich().say(texts, "status.no-channel")));
    status
        .watched()
        .open()
        .ifPresent(open -> lines.add(new Rich().say(texts, "status.open", open)));
    status
        .watched()
        .standbys()
        .ifPresent(nodes -> lines.add(new Rich().say(texts, "status.standby", nodes)));
    lines.add(rights(asker, texts));
    Rich rich = new Rich().say(texts, "status.head", status.version()).list(lines);
    return new Message(texts.get("status.text"), List.of(rich.block()));
  }

  private static Rich rights(Asker asker, Texts texts) {
    if (asker.acts()) {
      return new Rich().say(texts, "status.acts");
    }
    return asker.actsIn().isEmpty()
        ? new Rich().say(texts, "status.looks")
        : new Rich()
            .say(
                texts,
                "status.acts-in",
                Foreign.line(String.join(", ", asker.actsIn()), NAMESPACES));
  }

  private static Rich watched(Watched watched, Texts texts) {
    return watched.silence().compareTo(SILENT) > 0
        ? new Rich().say(texts, "status.silent", texts.duration(watched.silence()))
        : new Rich().say(texts, "status.watches", watched.pods());
  }
}
