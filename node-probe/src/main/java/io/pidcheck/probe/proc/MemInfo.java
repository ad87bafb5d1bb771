package io.pidcheck.probe.proc;

import io.pidcheck.probe.report.Memory;

/** /proc/meminfo, proc_meminfo(5), with free(1)'s words for it. */
final class MemInfo {

  private final byte[] bytes;
  private final int length;

  private MemInfo(byte[] bytes, int length) {
    this.bytes = bytes;
    this.length = length;
  }

  static Memory parse(byte[] bytes, int length) {
    MemInfo info = new MemInfo(bytes, length);
    long total = info.bytes("MemTotal:");
    long free = info.bytes("MemFree:");
    long cache = info.bytes("Buffers:") + info.bytes("Cached:") + info.bytes("SReclaimable:");
    // kernels before 3.14 have no MemAvailable; free(1) then takes MemFree
    long available = Math.max(info.bytes("MemAvailable:"), free);
    long swapTotal = info.bytes("SwapTotal:");
    return new Memory(
        total,
        total - available,
        free,
        info.bytes("Shmem:"),
        cache,
        available,
        swapTotal,
        swapTotal - info.bytes("SwapFree:"));
  }

  private long bytes(String name) {
    int at = Ascii.afterLineStart(bytes, length, name);
    if (at < 0) {
      return 0;
    }
    long kib = Ascii.number(bytes, Ascii.skipSpaces(bytes, at, length), length);
    return Math.max(0, kib) * 1024;
  }
}
