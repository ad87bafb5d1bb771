package io.pidcheck.probe.remedy;

import io.pidcheck.probe.report.SysctlResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Puts settings back to the values that they had. */
final class Undoing {

  private final Remedy.Undo undo;

  Undoing(Remedy.Undo undo) {
    this.undo = undo;
  }

  /**
   * @throws IOException when there is no proc file system
   */
  SysctlResult run() throws IOException {
    Remedy.Files files = undo.files();
    Persisting persisting =
        undo.removePersisted() && files.sysctlDir().isPresent()
            ? new Persisting.Forgotten(new PersistedFile(files.sysctlDir().get()))
            : new Persisting.Untouched();
    List<Wish> wishes =
        undo.restores().stream()
            .map(restore -> Wish.exactly(setting(restore.what(), files), restore.value()))
            .toList();
    return new Writing(undo.order(), wishes, persisting).run(files.pidMax());
  }

  private static Setting setting(String what, Remedy.Files files) {
    return switch (what) {
      case Setting.PID_MAX -> new Setting(what, files.pidMax());
      case Setting.THREADS_MAX -> new Setting(what, files.threadsMax().orElseThrow());
      default -> new Setting(what, Path.of(what));
    };
  }
}
