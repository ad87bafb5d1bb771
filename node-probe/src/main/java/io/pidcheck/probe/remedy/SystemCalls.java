package io.pidcheck.probe.remedy;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The system calls that Java has no method for. Through syscall(2) and not by name: pidfd_open has
 * a function of its own only from glibc 2.36 on. Not for more than one thread: the errno is kept in
 * one place.
 */
final class SystemCalls {

  /**
   * What a call answered.
   *
   * @param value what it returned; -1 when it failed
   * @param errno errno(3); {@link Errno#NONE} when it did not fail
   */
  record Answer(long value, int errno) {
    boolean failed() {
      return errno != Errno.NONE;
    }
  }

  private final Arena arena = Arena.ofAuto();
  private final MemorySegment errno = arena.allocate(Linker.Option.captureStateLayout());
  private final MethodHandle syscall =
      function(
          "syscall",
          FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG),
          Linker.Option.firstVariadicArg(1));
  private final MethodHandle poll =
      function("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));

  @SuppressWarnings("restricted") // jvm.args allows it: --enable-native-access
  private static MethodHandle function(
      String name, FunctionDescriptor shape, Linker.Option... options) {
    Linker linker = Linker.nativeLinker();
    Linker.Option[] all = new Linker.Option[options.length + 1];
    System.arraycopy(options, 0, all, 1, options.length);
    all[0] = Linker.Option.captureCallState("errno");
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), shape, all);
  }

  /** Memory for what a call reads or writes, as long as this object lives. */
  MemorySegment allocate(MemoryLayout layout) {
    return arena.allocate(layout);
  }

  /** A call of at most four arguments, the third of them a pointer. */
  Answer call(long number, long first, long second, MemorySegment third, long fourth) {
    try {
      long value = (long) syscall.invokeExact(errno, number, first, second, third, fourth);
      return answer(value);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /** poll(2). */
  Answer poll(MemorySegment fds, long count, int millis) {
    try {
      int value = (int) poll.invokeExact(errno, fds, count, millis);
      return answer(value);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /** close(2). By its name: its number is not the same on every architecture. */
  void close(int fd) {
    try {
      MethodHandle close = function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
      int _ = (int) close.invokeExact(errno, fd);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  private Answer answer(long value) {
    return new Answer(value, value < 0 ? errno.get(JAVA_INT, 0) : Errno.NONE);
  }

  // a handle's exact call declares Throwable; a C function throws nothing
  private static IllegalStateException broken(Throwable e) {
    return new IllegalStateException("a call into the C library", e);
  }
}
