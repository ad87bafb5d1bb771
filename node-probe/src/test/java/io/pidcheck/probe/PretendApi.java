package io.pidcheck.probe;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** As much of an API server as a watch of Jobs needs, with a test's own words and clock. */
final class PretendApi implements AutoCloseable {

  /** One watch: what was asked, and what is answered. */
  final class Watch {
    private final Socket socket;
    private final String head;

    private Watch(Socket socket, String head) {
      this.socket = socket;
      this.head = head;
    }

    /** The request's line and headers. */
    String head() {
      return head;
    }

    Watch accept() throws IOException {
      send(
          "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nDate: "
              + DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC))
              + "\r\nTransfer-Encoding: chunked\r\n\r\n");
      return this;
    }

    void refuse(int status, String message) throws IOException {
      String body = "{\"kind\":\"Status\",\"message\":\"" + message + "\"}";
      send("HTTP/1.1 " + status + " No\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
      socket.close();
    }

    /** In two chunks, as it may come. */
    void tell(String line) throws IOException {
      byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
      int half = bytes.length / 2;
      chunk(bytes, 0, half);
      chunk(bytes, half, bytes.length - half);
    }

    private void chunk(byte[] bytes, int from, int length) throws IOException {
      send(Integer.toHexString(length) + "\r\n");
      socket.getOutputStream().write(bytes, from, length);
      send("\r\n");
    }

    void send(String text) throws IOException {
      OutputStream out = socket.getOutputStream();
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    }

    void breakOff() throws IOException {
      socket.close();
    }
  }

  final Instant now = Instant.parse("2040-01-01T00:00:00Z"); // not this machine's

  private final ServerSocket door;
  private final BlockingQueue<Watch> watches = new LinkedBlockingQueue<>();

  PretendApi() throws IOException {
    door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
  }

  private void serve() {
    try {
      while (true) {
        Socket socket = door.accept();
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
          head.append(line).append('\n');
        }
        watches.add(new Watch(socket, head.toString()));
      }
    } catch (IOException e) {
      if (!door.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + door.getLocalPort());
  }

  /** The next one that is asked for. */
  Watch watch() throws InterruptedException {
    return watches.take();
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
