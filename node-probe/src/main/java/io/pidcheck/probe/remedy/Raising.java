package io.pidcheck.probe.remedy;

import io.pidcheck.probe.report.SysctlResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Raises pid_max and what would bind next: threads-max, and the pids.max of the pods' cgroup, which
 * keeps the pid_max of the kubelet's start.
 */
final class Raising {

  private final Remedy.RaisePidMax raise;

  Raising(Remedy.RaisePidMax raise) {
    this.raise = raise;
  }

  /**
   * @throws IOException when there is no proc file system
   */
  SysctlResult run() throws IOException {
    Remedy.Files files = raise.files();
    Persisting persisting =
        files
            .sysctlDir()
            .<Persisting>map(directory -> new Persisting.Kept(new PersistedFile(directory)))
            .orElse(new Persisting.Untouched());
    return new Writing(raise.order(), wishes(files), persisting).run(files.pidMax());
  }

  private List<Wish> wishes(Remedy.Files files) {
    List<Wish> wishes = new ArrayList<>();
    wishes.add(Wish.atLeast(new Setting(Setting.PID_MAX, files.pidMax()), raise.to()));
    if (files.threadsMax().isPresent() && raise.threadsMax().isPresent()) {
      Setting threadsMax = new Setting(Setting.THREADS_MAX, files.threadsMax().get());
      wishes.add(Wish.atLeast(threadsMax, raise.threadsMax().getAsLong()));
    }
    for (Path pidsMax : files.pidsMax()) {
      wishes.add(Wish.atLeast(new Setting(pidsMax.toString(), pidsMax), raise.to()));
    }
    return wishes;
  }
}
