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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A line between a bot and its two servers that is cut for good at the n-th request that changes
 * something, leases not counted: to the servers it is as if the bot had been killed there.
 */
public final class Line implements AutoCloseable {

  /** When, at that request, the line is cut. */
  public enum Cut {
    /** The server never sees it. */
    BEFORE,
    /** The server does it, the bot never knows. */
    AFTER
  }

  private static final int NEVER = Integer.MAX_VALUE;
  private static final int CHUNK = 64 * 1024;

  private final Set<AutoCloseable> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger left = new AtomicInteger(NEVER);
  private final AtomicBoolean cut = new AtomicBoolean();
  private final Cut how;
  private final Runnable cutting;

  public Line(Cut how) {
    this(how, () -> {});
  }

  /**
   * @param cutting done first of all where it is cut
   */
  public Line(Cut how, Runnable cutting) {
    this.how = how;
    this.cutting = cutting;
  }

  /** From now on, the n-th change is the last. */
  public void cutAt(int n) {
    left.set(n);
  }

  public boolean isCut() {
    return cut.get();
  }

  /** Another address for the same server, through this line. */
  public URI to(URI server) {
    try {
      ServerSocket entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      open.add(entrance);
      Thread.ofVirtual().start(() -> accept(entrance, server));
      return URI.create(
          server.getScheme()
              + "://"
              + server.getHost()
              + ":"
              + entrance.getLocalPort()
              + server.getPath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept(ServerSocket entrance, URI server) {
    try {
      while (!cut.get()) {
        Socket bot = entrance.accept();
        Socket there = new Socket(server.getHost(), server.getPort());
        open.add(bot);
        open.add(there);
        AtomicBoolean last = new AtomicBoolean();
        Thread.ofVirtual().start(() -> requests(bot, there, last));
        Thread.ofVirtual().start(() -> answers(there, bot, last));
      }
    } catch (IOException e) {
      // closed, or cut
    }
  }

  private void requests(Socket bot, Socket there, AtomicBoolean last) {
    try (InputStream in = bot.getInputStream();
        OutputStream out = there.getOutputStream()) {
      byte[] bytes = new byte[CHUNK];
      for (int n = in.read(bytes); n >= 0 && !cut.get(); n = in.read(bytes)) {
        if (isChange(new String(bytes, 0, n, StandardCharsets.ISO_8859_1))
            && left.get() != NEVER
            && left.decrementAndGet() == 0) {
          if (how == Cut.BEFORE) {
            cut();
            return;
          }
          last.set(true);
        }
        out.write(bytes, 0, n);
        out.flush();
      }
    } catch (IOException e) {
      // one end is gone
    }
  }

  private void answers(Socket there, Socket bot, AtomicBoolean last) {
    try (InputStream in = there.getInputStream();
        OutputStream out = bot.getOutputStream()) {
      byte[] bytes = new byte[CHUNK];
      for (int n = in.read(bytes); n >= 0 && !cut.get(); n = in.read(bytes)) {
        if (last.get()) {
          cut();
          return;
        }
        out.write(bytes, 0, n);
        out.flush();
      }
    } catch (IOException e) {
      // one end is gone
    }
  }

  // A request begins a chunk: neither client pipelines. Slack's reading methods are POSTs, too.
  private static boolean isChange(String chunk) {
    boolean writes =
        chunk.startsWith("POST ") || chunk.startsWith("PUT ") || chunk.startsWith("PATCH ");
    String path = chunk.substring(0, Math.min(chunk.length(), 300));
    return writes && !path.contains("/leases") && !path.contains("conversations.");
  }

  private void cut() {
    if (cut.compareAndSet(false, true)) {
      cutting.run();
      close();
    }
  }

  @Override
  public void close() {
    cut.set(true);
    for (AutoCloseable one : open) {
      try {
        one.close();
      } catch (Exception e) {
        // it is closed
      }
    }
  }
}
