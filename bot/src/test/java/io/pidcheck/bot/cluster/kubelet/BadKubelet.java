package io.pidcheck.bot.cluster.kubelet;

import io.pidcheck.bot.local.cluster.tls.Authority;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** A server with a kubelet's certificate that answers every request as it is told to. */
final class BadKubelet implements AutoCloseable {

  private final SSLServerSocket server;
  private final Answer answer;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger mostOpen = new AtomicInteger();

  /** What it does with a connection, once the request is read. */
  interface Answer {
    void to(String path, OutputStream out) throws IOException, InterruptedException;
  }

  private BadKubelet(Authority authority, Answer answer) {
    this.answer = answer;
    try {
      SSLContext tls = SSLContext.getInstance("TLS");
      InetAddress loopback = InetAddress.getLoopbackAddress();
      tls.init(authority.server("node", loopback).getKeyManagers(), null, null);
      server = (SSLServerSocket) tls.getServerSocketFactory().createServerSocket(0, 1000, loopback);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
    Thread.ofVirtual().start(this::serve);
  }

  static BadKubelet signedBy(Authority authority, Answer answer) {
    return new BadKubelet(authority, answer);
  }

  /** HTTP/1.1 with a Content-Length that is true. */
  static Answer saying(int status, String body) {
    return (path, out) -> {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      out.write(head(status, bytes.length));
      out.write(bytes);
    };
  }

  static byte[] head(int status, long length) {
    return ("HTTP/1.1 " + status + " Word\r\nContent-Length: " + length + "\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  KubeletAddress address() {
    return new KubeletAddress("node", "127.0.0.1", server.getLocalPort());
  }

  int mostOpen() {
    return mostOpen.get();
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        SSLSocket socket = (SSLSocket) server.accept();
        Thread.ofVirtual().start(() -> converse(socket));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void converse(SSLSocket socket) {
    mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
    try (socket) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      String request = in.readLine();
      for (String line = request; line != null && !line.isEmpty(); line = in.readLine()) {
        // the head ends with an empty line
      }
      if (request != null) {
        answer.to(request.split(" ", -1)[1], socket.getOutputStream());
      }
    } catch (IOException | InterruptedException e) {
      // the other end had enough
    } finally {
      open.decrementAndGet();
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
