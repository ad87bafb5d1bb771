package io.pidcheck.bot;

import java.io.IOException;

/** Opens a page in the desktop's browser, where there is a desktop. */
final class Browser {

  private Browser() {}

  static void open(String address) {
    boolean desktop = System.getenv("DISPLAY") != null || System.getenv("WAYLAND_DISPLAY") != null;
    if (!desktop) {
      return;
    }
    try {
      Process opened =
          new ProcessBuilder("xdg-open", address)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      opened.getOutputStream().close();
    } catch (IOException e) {
      System.err.println("pidcheck: no browser to open; the address is above");
    }
  }
}
