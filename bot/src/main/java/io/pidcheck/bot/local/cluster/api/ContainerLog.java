package io.pidcheck.bot.local.cluster.api;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * What a container wrote on stdout and stderr, in the order it came. At most {@value #CAPACITY}
 * bytes are kept: the oldest go first, as they do when a real kubelet rotates (its
 * containerLogMaxSize is 10 MiB by default).
 */
public final class ContainerLog {
  static final int CAPACITY = 10 * 1024 * 1024;

  private final Deque<byte[]> chunks = new ArrayDeque<>();
  private final List<Follower> followers = new ArrayList<>();
  private long size;
  private boolean ended;

  /** Is told what is written from now on. Called by the writing thread: must not block. */
  interface Follower {
    void written(byte[] bytes);

    void ended();
  }

  /** Adds a copy of the first {@code length} bytes of the buffer. */
  public synchronized void write(byte[] buffer, int length) {
    if (length == 0) {
      return;
    }
    byte[] chunk = Arrays.copyOf(buffer, length);
    chunks.addLast(chunk);
    size += length;
    while (size > CAPACITY) {
      size -= chunks.removeFirst().length;
    }
    followers.forEach(follower -> follower.written(chunk));
  }

  /** Nothing more will be written. */
  public synchronized void end() {
    ended = true;
    followers.forEach(Follower::ended);
    followers.clear();
  }

  /** All that is kept. */
  public synchronized byte[] bytes() {
    ByteArrayOutputStream all = new ByteArrayOutputStream((int) size);
    chunks.forEach(all::writeBytes);
    return all.toByteArray();
  }

  /** The last lines, at most so many bytes of them. */
  public byte[] tail(int lines, int bytes) {
    byte[] last = LogWindow.lastLines(bytes(), lines);
    return last.length <= bytes ? last : Arrays.copyOfRange(last, last.length - bytes, last.length);
  }

  /** What is kept now; the follower is told of the rest. */
  synchronized byte[] follow(Follower follower) {
    if (ended) {
      follower.ended();
    } else {
      followers.add(follower);
    }
    return bytes();
  }

  synchronized void forget(Follower follower) {
    followers.remove(follower);
  }
}
