package io.pidcheck.bot.message;

/** A share as a row of block characters, narrow enough for a phone. */
final class Bar {

  private static final int CELLS = 20;

  private Bar() {}

  /** Any use fills one cell, and only a full 1.0 fills the last. */
  static String of(double share) {
    double within = Math.clamp(share, 0, 1);
    int full = (int) Math.floor(within * CELLS);
    if (within > 0) {
      full = Math.max(1, full);
    }
    return "█".repeat(full) + "░".repeat(CELLS - full);
  }
}
