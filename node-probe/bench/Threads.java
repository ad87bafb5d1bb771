import java.util.concurrent.CountDownLatch;

/** A process of many threads that do nothing. Usage: java -Xss160k Threads.java HOW_MANY; says "ready". */
class Threads {
  public static void main(String[] args) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    for (int i = Integer.parseInt(args[0]); i > 0; i--) {
      Thread thread = new Thread(null, () -> park(never), ".NET TP Worker", 64 * 1024);
      thread.start();
    }
    System.out.println("ready");
    never.await();
  }

  private static void park(CountDownLatch never) {
    try {
      never.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
