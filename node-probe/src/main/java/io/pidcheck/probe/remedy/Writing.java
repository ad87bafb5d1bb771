package io.pidcheck.probe.remedy;

import io.pidcheck.probe.proc.ProcFs;
import io.pidcheck.probe.proc.Unread;
import io.pidcheck.probe.report.Reason;
import io.pidcheck.probe.report.Reason.Why;
import io.pidcheck.probe.report.RemedyResult;
import io.pidcheck.probe.report.SysctlResult;
import io.pidcheck.probe.report.SysctlResult.Outcome;
import io.pidcheck.probe.report.SysctlResult.Written;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks whether settings may be written, writes them, and reads them back. */
final class Writing {

  private final Remedy.Order order;
  private final ProcFs proc;
  private final List<Wish> wishes;
  private final Persisting persisting;
  private final List<Reason> failures = new ArrayList<>();

  Writing(Remedy.Order order, List<Wish> wishes, Persisting persisting) {
    this.order = order;
    proc = new ProcFs(order.proc(), new Unread());
    this.wishes = wishes;
    this.persisting = persisting;
  }

  /**
   * @param pidMax the node's pid_max, also where it is not to be written
   * @throws IOException when there is no proc file system
   */
  SysctlResult run(Path pidMax) throws IOException {
    long inUse = proc.tasks();
    Optional<Refusal> refusal = refusal(pidMax, inUse);
    if (refusal.isPresent()) {
      return result(inUse, refusal.get(), read());
    }
    boolean due = wishes.stream().anyMatch(Wish::due);
    if (order.dryRun()) {
      boolean any = due || persisting.due(read());
      Outcome outcome = any ? Outcome.WOULD_WRITE : Outcome.NOTHING_TO_DO;
      return result(inUse, Refusal.of(outcome), read());
    }
    write();
    List<Written> written = read();
    checkReadBack(written);
    boolean changed = written.stream().anyMatch(one -> !one.after().equals(one.before()));
    if (failures.isEmpty() && persisting.due(written)) {
      Optional<Reason> failure = persisting.act(written);
      failure.ifPresent(failures::add);
      changed |= failure.isEmpty();
    }
    return result(inUse, new Refusal(outcome(changed), failures), written);
  }

  private Optional<Refusal> refusal(Path pidMax, long inUse) {
    if (!proc.bootId().equals(order.bootId())) {
      return Optional.of(Refusal.of(Outcome.NOT_TRIED, Reason.of(Why.NODE_REBOOTED)));
    }
    Optional<Refusal> bounds = Bounds.check(wishes, inUse);
    if (bounds.isPresent()) {
      return bounds;
    }
    return new HostNamespace(proc)
        .whyNot(pidMax)
        .map(why -> Refusal.of(Outcome.NOT_IN_HOST_NAMESPACE, why));
  }

  private void write() {
    for (Wish wish : wishes) {
      if (wish.due()) {
        Optional<Reason> failure = wish.setting().write(wish.wanted());
        failure.ifPresent(failures::add);
        if (failure.isPresent() && wish.setting().what().equals(Setting.PID_MAX)) {
          return; // without it the others help nobody
        }
      }
    }
  }

  // what counts is what the kernel says afterwards
  private void checkReadBack(List<Written> written) {
    if (!failures.isEmpty()) {
      return;
    }
    for (int i = 0; i < written.size(); i++) {
      Written one = written.get(i);
      if (!wishes.get(i).fulfilled(one)) {
        failures.add(Reason.of(Why.READS_BACK, one.what(), one.after()));
      }
    }
  }

  private List<Written> read() {
    return wishes.stream().map(Wish::written).toList();
  }

  private Outcome outcome(boolean changed) {
    if (failures.isEmpty()) {
      return changed ? Outcome.DONE : Outcome.NOTHING_TO_DO;
    }
    return changed ? Outcome.PARTLY : Outcome.REFUSED_BY_KERNEL;
  }

  private SysctlResult result(long inUse, Refusal end, List<Written> written) {
    Optional<PersistedFile> file = persisting.concerned();
    return new SysctlResult(
        RemedyResult.VERSION,
        order.node(),
        proc.bootId(),
        order.dryRun(),
        inUse,
        end.outcome(),
        end.reasons(),
        written,
        file.isPresent() && file.get().ours(),
        file.isPresent() ? file.get().path().toString() : "");
  }
}
