package io.pidcheck.bot.local.slack.blockkit;

/** Where blocks are shown. */
public enum Surface {
  MESSAGE(50),
  MODAL(100);

  private final int maxBlocks;

  Surface(int maxBlocks) {
    this.maxBlocks = maxBlocks;
  }

  int maxBlocks() {
    return maxBlocks;
  }
}
