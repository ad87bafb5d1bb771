package io.pidcheck.bot.rig;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** A TCP proxy in front of a plain HTTP server, which can be shut and which tells changes apart. */
public final class Gate implements AutoCloseable {

  private static final Pattern CHANGE = Pattern.compile("^(POST|PUT|PATCH|DELETE) (?!\\S*/leases)");
  private static final int BUFFER = 65_536;

  private final ServerSocket door;
  private final URI server;
  private final Cut cut;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean shut;
  private volatile boolean mute;

  private Gate(ServerSocket door, URI server, Cut cut) {
    this.door = door;
    this.server = server;
    this.cut = cut;
  }

  public static Gate before(URI server, Cut cut) {
    try {
      Gate gate = new Gate(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), server, cut);
      Thread.ofVirtual().start(gate::letIn);
      return gate;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What stands behind the gate, by the gate's own address. */
  public URI address(URI behind) {
    return URI.create(behind.toString().replace(":" + server.getPort(), ":" + door.getLocalPort()));
  }

  /** Nothing gets through, and what was open is broken off. */
  public void shut() {
    shut = true;
    open.forEach(Gate::drop);
  }

  /** Whatever is sent vanishes without a word, on both sides, as behind a broken switch. */
  public void mute() {
    mute = true;
  }

  /** As before; what was open meanwhile has lost something, and is broken off. */
  public void open() {
    shut = false;
    if (mute) {
      mute = false;
      open.forEach(Gate::drop);
    }
  }

  private void letIn() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        if (shut || cut.happened()) {
          client.close();
        } else {
          join(client, new Socket(server.getHost(), server.getPort()));
        }
      } catch (IOException e) {
        if (door.isClosed()) {
          return;
        }
      }
    }
  }

  private void join(Socket client, Socket behind) {
    open.add(client);
    open.add(behind);
    Thread.ofVirtual().start(() -> requests(client, behind));
    Thread.ofVirtual().start(() -> answers(client, behind));
  }

  private void requests(Socket client, Socket behind) {
    byte[] buffer = new byte[BUFFER];
    try (client;
        behind) {
      InputStream in = client.getInputStream();
      OutputStream out = behind.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (mute) {
          continue;
        }
        String head = new String(buffer, 0, Math.min(200, n), StandardCharsets.ISO_8859_1);
        boolean here = CHANGE.matcher(head).find() && cut.reached(head.split("\r\n", 2)[0]);
        if (here && cut.side() == Cut.Side.BEFORE) {
          cut.happens();
        }
        if (cut.happened()) {
          return;
        }
        if (here) {
          cutAfter(behind, buffer, n);
          return;
        }
        out.write(buffer, 0, n);
      }
    } catch (IOException e) {
      drop(client);
    }
  }

  /** The server has it, and the one who asked never hears of it. */
  private void cutAfter(Socket behind, byte[] request, int length) throws IOException {
    swallowing = behind;
    behind.getOutputStream().write(request, 0, length);
    cut.within(5_000);
  }

  private volatile Socket swallowing = new Socket();

  private void answers(Socket client, Socket behind) {
    byte[] buffer = new byte[BUFFER];
    try {
      InputStream in = behind.getInputStream();
      OutputStream out = client.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (mute) {
          continue;
        }
        if (behind.equals(swallowing)) {
          cut.happens();
        }
        if (cut.happened()) {
          break;
        }
        out.write(buffer, 0, n);
      }
    } catch (IOException e) {
      // the other side is gone
    }
    drop(client);
    drop(behind);
  }

  private static void drop(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // it is gone either way
    }
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    open.forEach(Gate::drop);
  }
}
