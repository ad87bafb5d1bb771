package io.pidcheck.probe.report;

import java.util.List;

/**
 * The thread names of one process, digits folded to {@code #}.
 *
 * @param counted threads whose name was read: all, or an even sample of 512, which is of the 4096
 *     oldest where there are more than 8192
 * @param names most first, bounded
 * @param otherThreads counted threads whose name is not in the list
 */
public record ThreadNames(int pid, long counted, List<Name> names, long otherThreads) {

  public ThreadNames {
    names = List.copyOf(names);
  }

  /**
   * @param name folded and printable: {@code pool-#-thread-#}
   * @param distinctFirstNumbers how many different numbers stood at the first {@code #}: many for
   *     an executor per call, one for one unbounded pool; 0 where the name has no number
   */
  public record Name(String name, long threads, int distinctFirstNumbers) {}
}
