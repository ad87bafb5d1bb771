package io.pidcheck.bot.local.slack.workspace;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Everything that the workspace remembers.
 *
 * <p>Not thread-safe by design: all of it is confined to the server's one event loop, where a
 * handler runs to its end before the next begins, so no change can be seen half done.
 */
public final class Workspace {

  /** Older messages of a channel are forgotten beyond this many. */
  static final int MAX_MESSAGES_PER_CHANNEL = 5_000;

  private final Clock clock;
  private final Directory directory = new Directory();
  private final Map<String, NavigableMap<String, Message>> messages = new HashMap<>();
  private final List<WorkspaceListener> listeners = new ArrayList<>();
  private final Modals modals;
  private final FileShelf files = new FileShelf();
  private final Triggers triggers;
  private final ResponseUrls responseUrls;
  private long lastTsMicros;

  public Workspace(Clock clock) {
    this.clock = clock;
    this.modals = new Modals(user -> listeners.forEach(listener -> listener.onView(user)));
    this.triggers = new Triggers(clock);
    this.responseUrls = new ResponseUrls(clock);
    directory.channels().forEach(channel -> messages.put(channel.id(), new TreeMap<>()));
  }

  public Directory directory() {
    return directory;
  }

  public Modals modals() {
    return modals;
  }

  public FileShelf files() {
    return files;
  }

  public Triggers triggers() {
    return triggers;
  }

  public ResponseUrls responseUrls() {
    return responseUrls;
  }

  public void listen(WorkspaceListener listener) {
    listeners.add(listener);
  }

  /** A new id in the form of a message's, later than all before. */
  public String nextTs() {
    // Slack's ts is unix seconds and a counter, not a fraction of the second
    lastTsMicros = Math.max(clock.instant().getEpochSecond() * 1_000_000, lastTsMicros) + 100;
    return "%d.%06d".formatted(lastTsMicros / 1_000_000, lastTsMicros % 1_000_000);
  }

  /**
   * Posts a message. A reply to a reply joins its thread.
   *
   * @throws IllegalArgumentException when there is no such channel
   */
  public Message post(Draft draft) {
    Optional<String> thread =
        draft
            .threadTs()
            .map(ts -> message(draft.channel(), ts).flatMap(Message::threadTs).orElse(ts));
    Message message =
        new Message(
            nextTs(),
            thread,
            draft.channel(),
            draft.user(),
            draft.content(),
            draft.ephemeralTo(),
            Optional.empty(),
            List.of());
    NavigableMap<String, Message> history = history(draft.channel());
    history.put(message.ts(), message);
    if (history.size() > MAX_MESSAGES_PER_CHANNEL) {
      delete(draft.channel(), history.firstKey());
    }
    changed(message);
    return message;
  }

  /** A message, ephemeral ones included. */
  public Optional<Message> message(String channel, String ts) {
    return Optional.ofNullable(messages.get(channel)).flatMap(m -> Optional.ofNullable(m.get(ts)));
  }

  /** All of a channel, oldest first, replies and ephemeral messages included. */
  public List<Message> messages(String channel) {
    return List.copyOf(history(channel).values());
  }

  public long replyCount(Message parent) {
    return history(parent.channel()).values().stream()
        .filter(m -> m.threadTs().equals(Optional.of(parent.ts())) && !m.isEphemeral())
        .count();
  }

  /** Replaces what a message says; its files stay. */
  public Message update(Message message, Content content) {
    return replace(message, m -> m.changedTo(content.after(m.content()), nextTs()));
  }

  public void react(Message message, List<Message.Reaction> reactions) {
    replace(message, m -> m.withReactions(reactions));
  }

  /** Returns false when there was no such message. */
  public boolean delete(String channel, String ts) {
    Optional<Message> removed = Optional.ofNullable(history(channel).remove(ts));
    if (removed.isEmpty()) {
      return false;
    }
    listeners.forEach(listener -> listener.onDeleted(channel, ts));
    removed.flatMap(Message::threadTs).flatMap(t -> message(channel, t)).ifPresent(this::tell);
    return true;
  }

  private Message replace(Message message, UnaryOperator<Message> change) {
    Message changed = change.apply(message);
    history(message.channel()).put(message.ts(), changed);
    changed(changed);
    return changed;
  }

  private void changed(Message message) {
    tell(message);
    // the parent shows how many replies it has
    message.threadTs().flatMap(ts -> message(message.channel(), ts)).ifPresent(this::tell);
  }

  private void tell(Message message) {
    listeners.forEach(listener -> listener.onMessage(message));
  }

  private NavigableMap<String, Message> history(String channel) {
    NavigableMap<String, Message> history = messages.get(channel);
    if (history == null) {
      throw new IllegalArgumentException("no channel " + channel);
    }
    return history;
  }
}
