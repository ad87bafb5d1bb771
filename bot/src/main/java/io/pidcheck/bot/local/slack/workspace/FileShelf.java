package io.pidcheck.bot.local.slack.workspace;

import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Uploaded files, in memory and bounded: the oldest go first. */
public final class FileShelf {

  public static final int MAX_FILE_BYTES = 8 * 1024 * 1024;
  static final int MAX_TOTAL_BYTES = 64 * 1024 * 1024;
  private static final int MAX_EXPECTED = 100;

  /** An upload that was announced: its bytes are still to come. */
  private record Expected(String name, int bytes) {}

  private final Map<String, Expected> expected = new LinkedHashMap<>();
  private final Map<String, SlackFile> uploaded = new HashMap<>();
  private final LinkedHashMap<String, SlackFile> shared = new LinkedHashMap<>();

  /** Announces a file and returns its id. */
  public String expect(String name, int bytes) {
    if (expected.size() >= MAX_EXPECTED) {
      expected.remove(expected.keySet().iterator().next());
    }
    String id = Ids.of("F");
    expected.put(id, new Expected(name, bytes));
    return id;
  }

  /** Takes the bytes of an announced file; false when it was not announced or differs in length. */
  public boolean upload(String id, Buffer content) {
    Expected file = expected.get(id);
    if (file == null || file.bytes() != content.length()) {
      return false;
    }
    expected.remove(id);
    String mimetype = Mimetypes.of(file.name(), content);
    uploaded.put(id, new SlackFile(id, file.name(), file.name(), mimetype, content));
    makeRoom();
    return true;
  }

  /** A file whose bytes came, complete or not. */
  public Optional<SlackFile> uploaded(String id) {
    return Optional.ofNullable(uploaded.get(id));
  }

  /** Completes an upload: from now on the file can be seen. */
  public SlackFile complete(SlackFile file, String title) {
    SlackFile titled = file.titled(title);
    uploaded.remove(file.id());
    shared.put(file.id(), titled);
    makeRoom();
    return titled;
  }

  /** A completed file. */
  public Optional<SlackFile> file(String id) {
    return Optional.ofNullable(shared.get(id));
  }

  private void makeRoom() {
    while (bytes() > MAX_TOTAL_BYTES) {
      Map<String, SlackFile> from = shared.isEmpty() ? uploaded : shared;
      from.remove(from.keySet().iterator().next());
    }
  }

  private long bytes() {
    return bytes(uploaded) + bytes(shared);
  }

  private static long bytes(Map<String, SlackFile> files) {
    return files.values().stream().mapToLong(file -> file.content().length()).sum();
  }
}
