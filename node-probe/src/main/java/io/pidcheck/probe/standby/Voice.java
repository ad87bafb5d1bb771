package io.pidcheck.probe.standby;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * What this program says: whole lines of JSON, on a thread of their own that is there from the
 * start. A container's output is a pipe that its runtime reads, and the runtime is the first thing
 * that dies on a node without free PIDs: who wrote to it directly would stand still once it is full
 * (pipe(7)), and so would everything that was asked of it since.
 */
final class Voice {

  private static final int WAITING = 16;
  private static final int VERSION = 1;

  private final BlockingQueue<byte[]> lines = new ArrayBlockingQueue<>(WAITING);
  private final OutputStream out;
  private final Optional<NodeLog> nodeLog;

  Voice(OutputStream out, Optional<NodeLog> nodeLog) {
    this.out = out;
    this.nodeLog = nodeLog;
    Thread speaker = new Thread(this::speak, "voice");
    speaker.setDaemon(true);
    speaker.start();
  }

  private void speak() {
    try {
      while (true) {
        out.write(lines.take());
      }
    } catch (IOException e) {
      // nobody will ever hear it again: better to be restarted than to act unheard
      Runtime.getRuntime().halt(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** About this program itself. */
  void say(String what, String why) {
    put(head(what) + ",\"why\":" + quoted(why) + "}\n");
  }

  /** About an order. */
  void say(String what, Order order, String why) {
    put(order, head(what) + ofOrder(order) + ",\"why\":" + quoted(why) + "}\n");
  }

  /**
   * An order's result.
   *
   * @param json in one line
   */
  void result(Order order, byte[] json) {
    put(
        order,
        head("done")
            + ofOrder(order)
            + ",\"result\":"
            + new String(json, StandardCharsets.UTF_8)
            + "}\n");
  }

  private static String head(String what) {
    return "{\"standby\":" + VERSION + ",\"said\":" + quoted(what);
  }

  private static String ofOrder(Order order) {
    return ",\"order\":" + quoted(order.uid());
  }

  private void put(Order order, String line) {
    nodeLog.ifPresent(log -> log.add(order, line));
    put(line);
  }

  /** What has no room is not said: the asker hears nothing, and goes another way. */
  private void put(String line) {
    boolean _ = lines.offer(line.getBytes(StandardCharsets.UTF_8));
  }

  private static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else {
        out.append(c < ' ' || c == 0x7F ? ' ' : c);
      }
    }
    return out.append('"').toString();
  }
}
