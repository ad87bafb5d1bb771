package io.pidcheck.probe.standby;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** An answer over HTTP/1.1, RFC 9112, read line by line while it comes. */
final class Reply implements AutoCloseable {

  private static final int LONGEST_HEADER = 16_384;
  // etcd takes no object of more than 1.5 MB
  private static final int LONGEST_LINE = 4 << 20;
  private static final int MOST_HEADERS = 100;

  /** Bytes as they come; -1 at the end. */
  private interface Bytes {
    int read() throws IOException;
  }

  private final Socket socket;
  private final Body body;
  private final int status;
  private final Optional<Instant> date;

  private Reply(Socket socket, Body body, int status, Optional<Instant> date) {
    this.socket = socket;
    this.body = body;
    this.status = status;
    this.date = date;
  }

  static Reply of(Socket socket, InputStream in) throws IOException {
    String first = line(in::read, LONGEST_HEADER).orElseThrow(() -> new IOException("no answer"));
    int status = status(first);
    Optional<Instant> date = Optional.empty();
    boolean chunked = false;
    long length = Long.MAX_VALUE;
    for (int i = 0; ; i++) {
      String header =
          line(in::read, LONGEST_HEADER).orElseThrow(() -> new IOException("a cut answer"));
      if (header.isEmpty()) {
        return new Reply(socket, new Body(in, chunked, length), status, date);
      }
      if (i == MOST_HEADERS) {
        throw new IOException("too many headers");
      }
      int colon = header.indexOf(':');
      String name = colon < 0 ? "" : header.substring(0, colon).toLowerCase(Locale.ROOT);
      String value = header.substring(colon + 1).strip();
      switch (name) {
        case "date" -> date = date(value);
        case "transfer-encoding" -> chunked = value.equalsIgnoreCase("chunked");
        case "content-length" -> length = Body.number(value, 10);
        default -> {}
      }
    }
  }

  private static int status(String line) throws IOException {
    String[] parts = line.split(" ", 3);
    if (parts.length < 2 || !parts[0].startsWith("HTTP/1.") || parts[1].length() != 3) {
      throw new IOException("not an HTTP answer");
    }
    return (int) Body.number(parts[1], 10);
  }

  private static Optional<Instant> date(String value) {
    try {
      return Optional.of(
          ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  int status() {
    return status;
  }

  /** The server's clock when it began to answer, whole seconds. */
  Optional<Instant> date() {
    return date;
  }

  /**
   * The next line of the body, without its end; empty at the body's end.
   *
   * @throws IOException also when nothing has come for too long, or the line is too long
   */
  Optional<String> line() throws IOException {
    return line(body, LONGEST_LINE);
  }

  private static Optional<String> line(Bytes in, int longest) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c >= 0; c = in.read()) {
      if (c == '\n') {
        String text = line.toString(StandardCharsets.UTF_8);
        return Optional.of(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
      }
      if (line.size() == longest) {
        throw new IOException("a line of more than " + longest + " bytes");
      }
      line.write(c);
    }
    return line.size() == 0 ? Optional.empty() : Optional.of(line.toString(StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** The bytes of a body, chunked or not. */
  private static final class Body implements Bytes {
    private final InputStream in;
    private final boolean chunked;
    private long left;

    Body(InputStream in, boolean chunked, long length) {
      this.in = in;
      this.chunked = chunked;
      this.left = chunked ? 0 : length;
    }

    @Override
    public int read() throws IOException {
      if (left == 0 && (!chunked || !nextChunk())) {
        return -1;
      }
      int c = in.read();
      if (c < 0 && chunked) {
        throw new IOException("a cut body");
      }
      left--;
      if (left == 0 && chunked) {
        Reply.line(in::read, LONGEST_HEADER); // the line end after a chunk
      }
      return c;
    }

    private boolean nextChunk() throws IOException {
      String size =
          Reply.line(in::read, LONGEST_HEADER).orElseThrow(() -> new IOException("a cut body"));
      int extension = size.indexOf(';');
      left = number((extension < 0 ? size : size.substring(0, extension)).strip(), 16);
      return left > 0;
    }

    static long number(String digits, int base) throws IOException {
      try {
        return Long.parseUnsignedLong(digits, base) & Long.MAX_VALUE;
      } catch (NumberFormatException e) {
        throw new IOException("not an HTTP answer: no number", e);
      }
    }
  }
}
