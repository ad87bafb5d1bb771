package io.pidcheck.probe.report;

/**
 * /proc/meminfo in bytes, named as free(1) names them. -1 stands nowhere: a file that could not be
 * read makes the whole record {@link #UNKNOWN} and is named in the report's {@code missing}.
 *
 * @param buffCacheBytes Buffers + Cached + SReclaimable
 * @param usedBytes total - available, as free(1) of procps 4
 */
public record Memory(
    long totalBytes,
    long usedBytes,
    long freeBytes,
    long sharedBytes,
    long buffCacheBytes,
    long availableBytes,
    long swapTotalBytes,
    long swapUsedBytes) {

  public static final Memory UNKNOWN = new Memory(0, 0, 0, 0, 0, 0, 0, 0);

  public boolean known() {
    return totalBytes > 0;
  }
}
