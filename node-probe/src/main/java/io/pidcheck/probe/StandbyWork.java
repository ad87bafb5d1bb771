package io.pidcheck.probe;

import io.pidcheck.probe.proc.ProcFs;
import io.pidcheck.probe.proc.Unread;
import io.pidcheck.probe.remedy.Act;
import io.pidcheck.probe.remedy.Remedy;
import io.pidcheck.probe.report.RemedyJson;
import io.pidcheck.probe.report.ReportJson;
import io.pidcheck.probe.standby.Work;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The verbs of this program for one that stays: it looks, and where it is told to, it acts. */
final class StandbyWork implements Work {

  private static final Path OWN_CGROUP = Path.of("/sys/fs/cgroup");
  // where the pod has what of the node may be written
  private static final Path HOST = Path.of("/host");
  private static final int TOP = 20;
  private static final Duration SECOND_COUNT_AFTER = Duration.ofMillis(250);

  private final Arguments.Standby standby;

  StandbyWork(Arguments.Standby standby) {
    this.standby = standby;
  }

  /**
   * Does everything once that it will be asked for, and changes nothing: what has to be loaded is,
   * and memory that has to be there was touched, while the node is well.
   *
   * @throws IOException when there is no proc file system to read
   */
  void rehearse() throws IOException {
    byte[] _ = look();
    if (standby.acts()) {
      String boot = new ProcFs(standby.proc(), new Unread()).bootId();
      Remedy.Order order = new Remedy.Order(standby.node(), boot, true, standby.proc());
      Remedy.Files files =
          new Remedy.Files(HOST.resolve("pid_max"), Optional.empty(), List.of(), Optional.empty());
      byte[] _ = act(new Remedy.RaisePidMax(order, files, 1L << 22, OptionalLong.empty()));
      Remedy.Guarded guarded = new Remedy.Guarded(Set.of(), Set.of());
      List<Remedy.Target> nobody = List.of(new Remedy.Target(1 << 22, 0), new Remedy.Target(1, 0));
      byte[] _ = act(new Remedy.Kill(order, nobody, Duration.ZERO, guarded));
    }
  }

  @Override
  public boolean looks(List<String> arguments) {
    return arguments.equals(List.of("inspect"));
  }

  @Override
  public Outcome outcome(List<String> arguments) {
    try {
      return looks(arguments) ? new Outcome.Done(look()) : acting(arguments);
    } catch (IOException e) {
      return new Outcome.Refused("cannot read the proc file system: " + e.getMessage());
    } catch (RuntimeException e) {
      return new Outcome.Failed("a bug: " + e + " at " + e.getStackTrace()[0]);
    }
  }

  private byte[] look() throws IOException {
    Arguments.Inspect inspect =
        new Arguments.Inspect(
            standby.proc(),
            standby.cgroup(),
            Optional.of(standby.node()),
            TOP,
            SECOND_COUNT_AFTER,
            Optional.empty());
    return ReportJson.of(new Inspection(inspect, OWN_CGROUP, true).report());
  }

  private Outcome acting(List<String> arguments) throws IOException {
    if (!standby.acts()) {
      return new Outcome.Refused("the standby probe may only look here");
    }
    Arguments parsed = Arguments.parse(arguments.toArray(new String[0]), Map.of());
    return switch (parsed) {
      case Arguments.Remedying(Remedy remedy, var log) -> within(remedy);
      case Arguments.Refused(String why) -> new Outcome.Refused(why);
      case Arguments.Inspect inspect -> new Outcome.Refused("not as it was asked");
      case Arguments.Standby other -> new Outcome.Refused("not as it was asked");
    };
  }

  /** Only this node, and of its files only those that the pod has for this. */
  private Outcome within(Remedy remedy) throws IOException {
    Remedy.Order order = remedy.order();
    if (!order.node().equals(standby.node()) || !order.proc().equals(standby.proc())) {
      return new Outcome.Refused("it is for another node");
    }
    for (Path file : files(remedy)) {
      if (!file.startsWith(HOST) || !file.equals(file.normalize())) {
        return new Outcome.Refused("not a file of the node that may be written: " + file);
      }
    }
    return new Outcome.Done(act(remedy));
  }

  private static byte[] act(Remedy remedy) throws IOException {
    return RemedyJson.of(Act.of(remedy));
  }

  private static List<Path> files(Remedy remedy) {
    return switch (remedy) {
      case Remedy.Kill kill -> List.of();
      case Remedy.RaisePidMax raise -> all(raise.files());
      case Remedy.Undo undo -> all(undo.files());
    };
  }

  private static List<Path> all(Remedy.Files files) {
    List<Path> all = new ArrayList<>(files.pidsMax());
    all.add(files.pidMax());
    files.threadsMax().ifPresent(all::add);
    files.sysctlDir().ifPresent(all::add);
    return all;
  }
}
