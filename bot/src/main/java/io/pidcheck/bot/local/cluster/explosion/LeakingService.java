package io.pidcheck.bot.local.cluster.explosion;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * The exploding process itself: holds as many parked threads as it is told, named as .NET names
 * those of a thread pool that grows because its workers block. It ends with whoever started it.
 * Uses nothing but the JDK.
 */
final class LeakingService {
  static final String THREADS = "PIDCHECK_EXPLOSION_THREADS";
  static final String LINK = "dotnet";
  static final String ARGUMENTS = "runtime";
  static final String READY = "ready ";
  static final String FAILED = "failed ";

  // the kernel keeps 15 characters of a thread's name; these have no more (proc(5), comm)
  private static final List<String> RUNTIME =
      List.of(".NET TP Gate", ".NET Timer", ".NET Sockets", ".NET Tiered Com", ".NET Finalizer");
  private static final String WORKER = ".NET TP Worker";
  private static final long STACK_BYTES = 64L * 1024;
  private static final int CANNOT_START = 3;
  private static final long LOOK_AGAIN_NANOS = 250_000_000;

  private LeakingService() {}

  /** Started with a service's arguments, which mean nothing to it. */
  public static void main(String[] serviceArguments) throws IOException {
    Optional<ProcessHandle> starter = ProcessHandle.current().parent();
    int wanted = Integer.parseInt(System.getenv(THREADS));
    int started = startThreads(wanted);
    if (started < wanted) {
      System.out.println(FAILED + started);
      System.out.flush();
      Runtime.getRuntime().halt(CANNOT_START);
    }
    System.out.println(READY + started);
    System.out.flush();
    while (starter.isPresent() && starter.equals(ProcessHandle.current().parent())) {
      LockSupport.parkNanos(LOOK_AGAIN_NANOS); // an orphan is given another parent (prctl(2))
    }
    clearAway();
    Runtime.getRuntime().halt(0);
  }

  /** Whoever started it may have been killed, and this is all that it left. */
  private static void clearAway() throws IOException {
    Path directory = Path.of("").toAbsolutePath();
    if (!Files.isSymbolicLink(directory.resolve(LINK))) {
      return; // a container's own directory is its kubelet's
    }
    Files.deleteIfExists(directory.resolve(LINK));
    Files.deleteIfExists(directory.resolve(ARGUMENTS));
    Files.deleteIfExists(directory);
  }

  private static int startThreads(int wanted) {
    for (int started = 0; started < wanted; started++) {
      String name = started < RUNTIME.size() ? RUNTIME.get(started) : WORKER;
      Thread thread = new Thread(null, LeakingService::block, name, STACK_BYTES);
      thread.setDaemon(true);
      try {
        thread.start();
      } catch (OutOfMemoryError e) {
        return started; // "unable to create native thread": one of fork(2)'s limits
      }
    }
    return wanted;
  }

  private static void block() {
    while (true) {
      LockSupport.park();
    }
  }
}
