package io.pidcheck.bot.message;

import com.slack.api.model.block.LayoutBlock;
import io.pidcheck.bot.chat.Message;
import io.pidcheck.bot.cluster.AnswerTo;
import io.pidcheck.bot.diagnosis.Diagnosis;
import io.pidcheck.bot.diagnosis.Level;
import io.pidcheck.bot.diagnosis.Suspicion;
import io.pidcheck.bot.diagnosis.Suspicion.Finding;
import io.pidcheck.bot.evidence.Evidence;
import io.pidcheck.probe.report.NodeReport;
import java.util.List;
import java.util.Optional;

/**
 * A check's result: the verdict with its figures, who did it and why, what that led to, what it was
 * not, and what to do.
 */
public final class DiagnosisMessage {

  private final Diagnosis diagnosis;
  private final Texts texts;
  private final NodeReport report;

  private DiagnosisMessage(NodeReport report, Diagnosis diagnosis, Texts texts) {
    this.diagnosis = diagnosis;
    this.texts = texts;
    this.report = report;
  }

  public static Message of(Evidence evidence, Diagnosis diagnosis, AnswerTo answer) {
    Texts texts = Texts.in(answer.locale());
    DiagnosisMessage message = new DiagnosisMessage(evidence.report(), diagnosis, texts);
    ChainBlock chain = new ChainBlock(texts, evidence.surroundings().at());
    FactsBlock facts = new FactsBlock(evidence, diagnosis, texts);
    Fitting fitting =
        new Fitting()
            .always(message.headline())
            .unless(Fitting.Need.USEFUL, new HoldersBlock(evidence, texts).block())
            .unless(Fitting.Need.USEFUL, chain.chain(diagnosis.chain()))
            .unless(Fitting.Need.USEFUL, chain.restart(diagnosis.calicoRestart()))
            .unless(Fitting.Need.GOOD_TO_KNOW, message.suspects(facts))
            .unless(Fitting.Need.NEEDED, new AdviceBlock(texts).block(diagnosis.advice()))
            .unless(Fitting.Need.GOOD_TO_KNOW, facts.facts())
            .always(facts.provenance(answer));
    return new Message(
        message.notification(), fitting.blocks(new Rich().say(texts, "message.cut").block()));
  }

  private String notification() {
    String node = report.node().name();
    return diagnosis
        .limits()
        .pidMax()
        .map(
            limit ->
                texts.get(
                    "result.text",
                    node,
                    limit.used(),
                    limit.limit(),
                    texts.percent(limit.usedShare())))
        .orElseGet(() -> texts.get("result.text.no-limit", node, report.use().threads()));
  }

  private LayoutBlock headline() {
    VerdictWords verdict = new VerdictWords(texts);
    Rich rich = verdict.line(diagnosis.verdict(), report.node().name(), report.use().threads());
    diagnosis.trend().ifPresent(trend -> rich.newLine().and(verdict.trend(trend)));
    if (!diagnosis.culprits().nothingStandsOut()) {
      CulpritWords words = new CulpritWords(texts);
      rich.newLine().and(words.culprits(diagnosis.culprits()));
      words.causes(diagnosis.causes()).forEach(cause -> rich.newLine().and(cause));
    } else if (wrong()) {
      rich.newLine().say(texts, "culprits.none");
    }
    return rich.block();
  }

  private boolean wrong() {
    Level level = diagnosis.verdict().level();
    return level == Level.WARNING || level == Level.CRITICAL;
  }

  /** Of a healthy node only what is suspected; nobody asked what the rest might have been. */
  private Optional<LayoutBlock> suspects(FactsBlock facts) {
    List<Suspicion> worthSaying =
        diagnosis.otherSuspects().stream()
            .filter(suspicion -> wrong() || suspicion.finding() == Finding.SUSPECTED)
            .toList();
    return worthSaying.isEmpty() ? Optional.empty() : Optional.of(facts.suspects(worthSaying));
  }
}
