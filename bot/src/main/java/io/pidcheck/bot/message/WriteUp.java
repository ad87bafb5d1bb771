package io.pidcheck.bot.message;

import io.pidcheck.bot.chat.Attachment;
import io.pidcheck.bot.diagnosis.Advice;
import io.pidcheck.bot.diagnosis.Culprit;
import io.pidcheck.bot.diagnosis.Diagnosis;
import io.pidcheck.bot.diagnosis.Link;
import io.pidcheck.bot.diagnosis.Restart;
import io.pidcheck.bot.evidence.Evidence;
import io.pidcheck.bot.evidence.ProbeOutcome;
import io.pidcheck.bot.evidence.Surroundings;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An incident's write-up as a Markdown file: summary, analysis, investigation, resolution,
 * conclusion, with every figure and command of this one check.
 */
public final class WriteUp {

  private static final int EVENTS = 30;

  private final String node;
  private final Diagnosis diagnosis;
  private final Surroundings around;
  private final Texts texts;
  private final Markdown markdown = new Markdown();

  private WriteUp(String node, Diagnosis diagnosis, Surroundings around, Texts texts) {
    this.node = Foreign.line(node, 253);
    this.diagnosis = diagnosis;
    this.around = around;
    this.texts = texts;
  }

  /** Of a check whose probe reported. */
  public static Attachment of(Evidence evidence, Diagnosis diagnosis, Locale locale) {
    Texts texts = Texts.in(locale);
    Surroundings around = evidence.surroundings();
    WriteUp writeUp = new WriteUp(evidence.report().node().name(), diagnosis, around, texts);
    writeUp.summary(evidence.report().use().threads(), Optional.empty());
    writeUp.analysis();
    writeUp.section("investigation");
    new Investigation(evidence, diagnosis, texts).write(writeUp.markdown);
    writeUp.end();
    return writeUp.attachment();
  }

  /** Of a check whose probe did not: from what the cluster says. */
  public static Attachment without(Unreported check, Diagnosis diagnosis, Locale locale) {
    Texts texts = Texts.in(locale);
    WriteUp writeUp = new WriteUp(check.node(), diagnosis, check.around(), texts);
    writeUp.summary(0, Optional.of(check.outcome()));
    writeUp.analysis();
    writeUp.section("investigation");
    writeUp.markdown.bullets(
        diagnosis.limits().all().stream().map(limit -> LimitWords.of(limit, texts)).toList());
    writeUp.end();
    return writeUp.attachment();
  }

  /** A check whose probe brought no report, and what the cluster says around it. */
  public record Unreported(String node, ProbeOutcome outcome, Surroundings around) {}

  private void section(String name) {
    markdown.heading(2, texts.get("writeup." + name));
  }

  private void summary(long threads, Optional<ProbeOutcome> outcome) {
    markdown.heading(1, texts.get("writeup.title", node, texts.date(around.at())));
    section("summary");
    markdown.say(new VerdictWords(texts).sentence(diagnosis.verdict(), node, threads));
    outcome.ifPresent(how -> markdown.say(new OutcomeWords(texts).of(node, how)));
    if (diagnosis.calicoRestart().happened()) {
      markdown.say(restart(diagnosis.calicoRestart()));
    }
    List<String> events = new EventsBlock(diagnosis, around, texts).lines(EVENTS);
    if (!events.isEmpty()) {
      markdown.say(new Rich().say(texts, "writeup.events")).code("", events);
    }
  }

  private Rich restart(Restart restart) {
    return new Rich()
        .say(texts, "restart.head", restart.count())
        .say(texts, "restart." + restart.reason().name());
  }

  private void analysis() {
    section("analysis");
    if (!diagnosis.culprits().nothingStandsOut()) {
      CulpritWords words = new CulpritWords(texts);
      markdown.say(words.sentence(diagnosis.culprits()));
      markdown.bullets(words.causes(diagnosis.causes()));
    }
    List<Link> links = diagnosis.chain().links();
    if (!links.isEmpty()) {
      ChainBlock chain = new ChainBlock(texts, around.at());
      markdown.say(new Rich().say(texts, "chain.head"));
      markdown.numbered(links.stream().map(link -> chain.link(link, diagnosis.chain())).toList());
    }
    markdown.say(new Rich().say(texts, "suspects.head"));
    markdown.bullets(new SuspectsBlock(texts).lines(diagnosis.otherSuspects()));
  }

  private void end() {
    section("resolution");
    if (diagnosis.advice().isEmpty()) {
      markdown.say(new Rich().say(texts, "writeup.nothing-to-do"));
    }
    diagnosis.advice().forEach(this::resolution);
    section("conclusion");
    markdown.say(new Rich().say(texts, "writeup." + conclusion()));
    new GapWords(texts).gaps(diagnosis.verdict()).ifPresent(markdown::say);
  }

  private void resolution(Advice advice) {
    AdviceWords words = new AdviceWords(texts);
    markdown.bullets(
        List.of(words.what(advice).newLine().and(AdviceBlock.effect(advice.effect(), texts))));
    List<String> commands = words.commands(advice);
    if (!commands.isEmpty()) {
      markdown.code("", commands);
    }
  }

  /** What to remember of it. */
  private String conclusion() {
    boolean itself =
        diagnosis.culprits().found().stream().anyMatch(Culprit.CalicoNode.class::isInstance);
    if (itself) {
      return "conclusion.calico-itself";
    }
    if (diagnosis.calicoRestart().happened()
        && diagnosis.calicoRestart().reason() != Restart.Reason.PID_EXHAUSTION) {
      return "conclusion.another-reason";
    }
    return switch (diagnosis.verdict().level()) {
      case CRITICAL -> critical();
      case WARNING -> "conclusion.near";
      case HEALTHY -> "conclusion.healthy";
      case UNKNOWN -> "conclusion.unknown";
    };
  }

  private String critical() {
    if (diagnosis.culprits().nothingStandsOut()) {
      return "conclusion.nobody";
    }
    if (ofTheNode(diagnosis.culprits().found().getFirst())) {
      return "conclusion.node-itself";
    }
    return diagnosis.calicoRestart().happened()
        ? "conclusion.calico-is-victim"
        : "conclusion.workload";
  }

  private static boolean ofTheNode(Culprit culprit) {
    return switch (culprit) {
      case Culprit.NodeService service -> true;
      case Culprit.KernelThreads kernel -> true;
      case Culprit.LeakedShims shims -> true;
      case Culprit.ThreadExplosion explosion -> false;
      case Culprit.ProcessLeak leak -> false;
      case Culprit.ManyPods pods -> false;
      case Culprit.CrowdedContainer container -> false;
      case Culprit.Zombies zombies -> false;
      case Culprit.CalicoNode calico -> false;
    };
  }

  private Attachment attachment() {
    return new Attachment(
        CheckFiles.file(node) + "-report.md",
        texts.get("file.report", node),
        "",
        ByteBuffer.wrap(markdown.text().getBytes(StandardCharsets.UTF_8)));
  }
}
