package io.pidcheck.bot.message;

import com.slack.api.model.block.LayoutBlock;
import io.pidcheck.bot.chat.Message;
import io.pidcheck.bot.cluster.AnswerTo;
import io.pidcheck.bot.diagnosis.Diagnosis;
import io.pidcheck.bot.diagnosis.Disagreement;
import io.pidcheck.bot.diagnosis.Level;
import io.pidcheck.bot.diagnosis.Suspicion;
import io.pidcheck.bot.diagnosis.Suspicion.Finding;
import io.pidcheck.bot.diagnosis.Verdict;
import io.pidcheck.bot.evidence.Evidence;
import io.pidcheck.bot.evidence.ProbeOutcome;
import io.pidcheck.bot.evidence.Surroundings;
import io.pidcheck.bot.message.Fitting.Need;
import io.pidcheck.probe.report.NodeReport;
import java.util.List;
import java.util.Optional;

/**
 * A check's result, short enough for a phone: the verdict with its figures, who did it and why,
 * what that led to, what it was not, and what to do. The rest is {@link DiagnosisDetails}.
 */
public final class DiagnosisMessage {

  private final Diagnosis diagnosis;
  private final Texts texts;
  private final String node;

  private DiagnosisMessage(String node, Diagnosis diagnosis, Texts texts) {
    this.node = node;
    this.diagnosis = diagnosis;
    this.texts = texts;
  }

  /** Of a check whose probe reported. */
  public static Message of(Evidence evidence, Diagnosis diagnosis, AnswerTo answer) {
    Texts texts = Texts.in(answer.locale());
    NodeReport report = evidence.report();
    DiagnosisMessage message = new DiagnosisMessage(report.node().name(), diagnosis, texts);
    long threads = report.use().threads();
    Fitting fitting =
        new Fitting()
            .always(message.headline(threads))
            .unless(
                Need.USEFUL, new CulpritsBlock(texts).block(diagnosis, evidence, message.wrong()));
    message.rest(fitting, evidence.surroundings());
    fitting.unless(Need.USEFUL, new FiguresBlock(texts).disagreements(Disagreement.in(evidence)));
    fitting.always(new FactsBlock(evidence, diagnosis, texts).provenance(answer));
    return message.fitted(message.notification(threads), fitting);
  }

  /** Of a check whose probe did not: why, and what the cluster's own events say. */
  public static Message without(
      ProbeOutcome outcome, Surroundings around, Diagnosis diagnosis, Target target) {
    Texts texts = Texts.in(target.answer().locale());
    DiagnosisMessage message = new DiagnosisMessage(target.node(), diagnosis, texts);
    Fitting fitting = new Fitting();
    boolean known = diagnosis.verdict().reason() != Verdict.Reason.NOTHING_KNOWN;
    if (known) {
      fitting.always(message.headline(0));
    }
    fitting.always(new OutcomeWords(texts).of(target.node(), outcome).block());
    around.kubelet().flatMap(new FiguresBlock(texts)::block).ifPresent(fitting::always);
    message.rest(fitting, around);
    Rich end = new Rich().say(texts, "asked-by").user(target.answer().user());
    new GapWords(texts).gaps(diagnosis.verdict()).ifPresent(gaps -> end.newLine().and(gaps));
    String text =
        known ? message.notification(0) : texts.get("problem.text", CheckFiles.file(target.node()));
    return message.fitted(text, fitting.always(end.block()));
  }

  /** Which node, and who waits. */
  public record Target(String node, AnswerTo answer) {}

  private Message fitted(String text, Fitting fitting) {
    return new Message(text, fitting.blocks(new Rich().say(texts, "message.cut").block()));
  }

  private void rest(Fitting fitting, Surroundings around) {
    ChainBlock chain = new ChainBlock(texts, around.at());
    fitting
        .unless(Need.USEFUL, chain.chain(diagnosis.chain()))
        .unless(Need.USEFUL, chain.restart(diagnosis.calicoRestart()))
        .unless(Need.GOOD_TO_KNOW, suspects())
        .unless(Need.NEEDED, new AdviceBlock(texts).block(diagnosis.advice()));
  }

  private LayoutBlock headline(long threads) {
    return new HeadlineBlock(texts).block(diagnosis, node, threads);
  }

  private String notification(long threads) {
    String name = CheckFiles.file(node); // this text is mrkdwn
    return diagnosis
        .limits()
        .pidMax()
        .map(
            limit ->
                texts.get(
                    "result.text",
                    name,
                    limit.used(),
                    limit.limit(),
                    texts.percent(limit.usedShare())))
        .orElseGet(
            () ->
                threads > 0
                    ? texts.get("result.text.no-limit", name, threads)
                    : texts.get("problem.text", name));
  }

  private boolean wrong() {
    Level level = diagnosis.verdict().level();
    return level == Level.WARNING || level == Level.CRITICAL;
  }

  /** Of a healthy node only what is suspected; nobody asked what the rest might have been. */
  private Optional<LayoutBlock> suspects() {
    List<Suspicion> worthSaying =
        diagnosis.otherSuspects().stream()
            .filter(suspicion -> wrong() || suspicion.finding() == Finding.SUSPECTED)
            .toList();
    return new SuspectsBlock(texts).brief(worthSaying);
  }
}
