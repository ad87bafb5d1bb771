package io.pidcheck.bot.rig;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;

/** A process to be found: starts as many threads as its last argument says, until stdin ends. */
public final class ManyThreads {

  private ManyThreads() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    int threads = Integer.parseInt(arguments[arguments.length - 1]);
    CountDownLatch forever = new CountDownLatch(1);
    for (int i = 0; i < threads; i++) {
      Thread.ofPlatform().daemon().name("`*<!here>*`").start(() -> await(forever));
    }
    System.out.println("ready");
    System.in.transferTo(OutputStream.nullOutputStream()); // until whoever started this is gone
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
