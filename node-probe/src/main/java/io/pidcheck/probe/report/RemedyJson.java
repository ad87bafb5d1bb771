package io.pidcheck.probe.report;

import io.pidcheck.probe.text.Printable;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@link RemedyResult} as JSON, field names as the records' components have them, and {@code
 * kind} before them.
 */
public final class RemedyJson {

  private static final int MOST_LETTERS = 512;

  private final JsonWriter json = new JsonWriter();

  private RemedyJson() {}

  /** One line of UTF-8, without a newline at its end. */
  public static byte[] of(RemedyResult result) {
    RemedyJson writer = new RemedyJson();
    if (result instanceof KillResult kill) {
      writer.kill(kill);
    } else if (result instanceof SysctlResult sysctl) {
      writer.sysctl(sysctl);
    }
    return writer.json.bytes();
  }

  /**
   * At most {@link TerminationMessage#MAX_BYTES} of the same JSON: the reasons' details are cut,
   * equally, until it fits. The outcomes and what the reasons are all stay.
   */
  public static byte[] terminationMessage(RemedyResult result) {
    byte[] fits = of(result);
    for (int letters = MOST_LETTERS;
        fits.length > TerminationMessage.MAX_BYTES && letters >= 0;
        letters = letters > 1 ? letters * 3 / 4 : letters - 1) {
      fits = of(cut(result, letters));
    }
    return fits;
  }

  private void kill(KillResult kill) {
    head("kill", kill);
    json.name("tasksBefore").value(kill.tasksBefore());
    json.name("tasksAfter").value(kill.tasksAfter());
    json.name("targets").open('[');
    for (KillResult.Killed target : kill.targets()) {
      json.open('{');
      json.name("pid").value(target.pid());
      json.name("startTicks").value(target.startTicks());
      json.name("comm").value(target.comm());
      json.name("outcome").value(target.outcome().name());
      reasons(target.reasons());
      json.name("tookMillis").value(target.tookMillis()).close('}');
    }
    json.close(']').close('}');
  }

  private void sysctl(SysctlResult sysctl) {
    head("sysctl", sysctl);
    json.name("inUse").value(sysctl.inUse());
    json.name("outcome").value(sysctl.outcome().name());
    reasons(sysctl.reasons());
    json.name("written").open('[');
    for (SysctlResult.Written one : sysctl.written()) {
      json.open('{');
      json.name("what").value(one.what());
      json.name("before").value(one.before());
      json.name("wanted").value(one.wanted());
      json.name("after").value(one.after()).close('}');
    }
    json.close(']');
    json.name("persisted").value(sysctl.persisted());
    json.name("persistedPath").value(sysctl.persistedPath()).close('}');
  }

  private void reasons(List<Reason> reasons) {
    json.name("reasons").open('[');
    for (Reason reason : reasons) {
      json.open('{');
      json.name("why").value(reason.why().name());
      json.name("details").open('[');
      for (String detail : reason.details()) {
        json.value(detail);
      }
      json.close(']').close('}');
    }
    json.close(']');
  }

  private void head(String kind, RemedyResult result) {
    json.open('{');
    json.name("kind").value(kind);
    json.name("version").value(result.version());
    json.name("node").value(result.node());
    json.name("bootId").value(result.bootId());
    json.name("dryRun").value(result.dryRun());
  }

  private static RemedyResult cut(RemedyResult result, int letters) {
    if (result instanceof SysctlResult sysctl) {
      return new SysctlResult(
          sysctl.version(),
          sysctl.node(),
          sysctl.bootId(),
          sysctl.dryRun(),
          sysctl.inUse(),
          sysctl.outcome(),
          cut(sysctl.reasons(), letters),
          sysctl.written(),
          sysctl.persisted(),
          sysctl.persistedPath());
    }
    KillResult kill = (KillResult) result;
    List<KillResult.Killed> targets = new ArrayList<>();
    for (KillResult.Killed target : kill.targets()) {
      targets.add(
          new KillResult.Killed(
              target.pid(),
              target.startTicks(),
              target.comm(),
              target.outcome(),
              cut(target.reasons(), letters),
              target.tookMillis()));
    }
    return new KillResult(
        kill.version(),
        kill.node(),
        kill.bootId(),
        kill.dryRun(),
        kill.tasksBefore(),
        kill.tasksAfter(),
        targets);
  }

  private static List<Reason> cut(List<Reason> reasons, int letters) {
    List<Reason> cut = new ArrayList<>();
    for (Reason reason : reasons) {
      List<String> details = new ArrayList<>();
      for (String detail : reason.details()) {
        details.add(Printable.cut(detail, letters));
      }
      cut.add(new Reason(reason.why(), details));
    }
    return cut;
  }
}
