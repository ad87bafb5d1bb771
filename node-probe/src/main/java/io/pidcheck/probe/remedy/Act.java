package io.pidcheck.probe.remedy;

import io.pidcheck.probe.report.RemedyResult;
import java.io.IOException;

/** Carries a remedy out. Whatever becomes of it is a result; nothing is tried twice. */
public final class Act {

  private Act() {}

  /**
   * @throws IOException when there is no proc file system to read
   */
  public static RemedyResult of(Remedy remedy) throws IOException {
    return switch (remedy) {
      case Remedy.Kill kill -> new Killing(kill).run();
      case Remedy.RaisePidMax raise -> new Raising(raise).run();
      case Remedy.Undo undo -> new Undoing(undo).run();
    };
  }
}
