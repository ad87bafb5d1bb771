package io.pidcheck.bot.message;

import com.slack.api.model.block.LayoutBlock;
import io.pidcheck.bot.act.Ending;
import io.pidcheck.bot.act.Remedy;
import io.pidcheck.bot.act.Silence;
import io.pidcheck.bot.act.Story;
import io.pidcheck.bot.act.Story.After;
import io.pidcheck.bot.act.Story.Calico;
import io.pidcheck.bot.chat.Message;
import io.pidcheck.bot.chat.SentMessage;
import io.pidcheck.bot.cluster.Means;
import io.pidcheck.bot.cluster.RemedyJob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The message with the buttons, once one was used: the diagnosis as it was, and below it how far
 * each act has come.
 */
public final class RemedyMessage {

  private static final int WORDS = 300;
  // Slack answers msg_blocks_too_long above about 13,200 characters
  private static final int MOST = 12_900;

  /** One act and where it is. */
  public record Told(RemedyJob job, Phase phase) {}

  /** Where an act is. */
  public sealed interface Phase {

    /** For a second person, until then. */
    record Waiting(Instant until) implements Phase {}

    /**
     * @param words what holds it up; foreign text, may be empty
     */
    record Executing(String words) implements Phase {}

    /**
     * @param undo what would take it back, where something would
     * @param more something is still looked after
     */
    record Ended(Optional<Remedy> undo, boolean more) implements Phase {}
  }

  private final RemedyJob job;
  private final Texts texts;

  private RemedyMessage(RemedyJob job) {
    this.job = job;
    this.texts = Texts.in(job.request().place().locale());
  }

  /** All acts that were asked for from one message; the earliest first. */
  public static Message of(List<Told> told) {
    RemedyJob first = told.getFirst().job();
    Texts texts = Texts.in(first.request().place().locale());
    List<LayoutBlock> below = new ArrayList<>();
    List<Remedy> undo = new ArrayList<>();
    for (Told one : told) {
      below.addAll(new RemedyMessage(one.job()).blocks(one.phase()));
      if (one.phase() instanceof Phase.Ended(var back, var more)) {
        back.ifPresent(undo::add);
      }
    }
    if (told.stream().allMatch(one -> one.phase() instanceof Phase.Ended)) {
      below.add(new RemedyButtons(texts, first.request().dryRun()).row(first.node(), undo));
    }
    Optional<Message> diagnosis =
        told.stream()
            .flatMap(one -> SentMessage.read(one.job().request().diagnosis()).stream())
            .findFirst();
    String text =
        diagnosis.map(Message::text).orElseGet(() -> texts.get("remedy.text", first.node()));
    return new Message(text, fitting(diagnosis, below, texts, first.node()));
  }

  /** Of the diagnosis the end is left out where Slack takes no more. */
  private static List<LayoutBlock> fitting(
      Optional<Message> diagnosis, List<LayoutBlock> below, Texts texts, String node) {
    List<LayoutBlock> blocks =
        new ArrayList<>(
            diagnosis
                .map(Message::blocks)
                .orElseGet(
                    () -> List.of(new Rich().say(texts, "remedy.diagnosis-gone", node).block())));
    while (blocks.size() > 1 && Fitting.characters(blocks) + Fitting.characters(below) > MOST) {
      blocks.removeLast();
    }
    blocks.addAll(below);
    return blocks;
  }

  /** In the thread: the killed workload holds more than before. */
  public static Message cameBack(RemedyJob job, long tasks, long before) {
    Texts texts = Texts.in(job.request().place().locale());
    Rich rich =
        new Rich().emoji("warning").plain(" ").say(texts, "remedy.came-back", tasks, before);
    return new Message(texts.get("remedy.came-back.text", job.node()), List.of(rich.block()));
  }

  private List<LayoutBlock> blocks(Phase phase) {
    return switch (phase) {
      case Phase.Waiting(Instant until) ->
          List.of(
              headline("hourglass_flowing_sand", "remedy.waiting")
                  .newLine()
                  .say(texts, "remedy.waiting.second", texts.time(until))
                  .block(),
              new RemedyButtons(texts, job.request().dryRun()).approval(job.name(), job.remedy()));
      case Phase.Executing(String words) -> List.of(executing(words));
      case Phase.Ended(var undo, boolean more) -> List.of(ended(more));
    };
  }

  private LayoutBlock executing(String words) {
    Rich rich = headline("hourglass_flowing_sand", "remedy.executing");
    if (!words.isEmpty()) {
      rich.newLine().say(texts, "progress.held-up").plain(" ").code(Foreign.line(words, WORDS));
    }
    instead().ifPresent(line -> rich.newLine().and(line));
    return rich.block();
  }

  private LayoutBlock ended(boolean more) {
    Story story = job.story();
    EndingWords words = new EndingWords(texts, job);
    Ending ending = story.ending().orElseThrow();
    Rich rich = headline(words.emoji(ending), "remedy.ended").newLine().and(words.of(ending));
    instead().ifPresent(line -> rich.newLine().and(line));
    story.after().ifPresent(after -> rich.newLine().and(after(after)));
    story.calico().flatMap(this::calico).ifPresent(line -> rich.newLine().and(line));
    story.cameBack().ifPresent(tasks -> rich.newLine().say(texts, "remedy.came-back.short", tasks));
    if (more) {
      rich.newLine().say(texts, story.after().isEmpty() ? "remedy.measuring" : "remedy.more");
    }
    return rich.block();
  }

  /** Why it was not the standby probe of the node, where there is one. */
  private Optional<Rich> instead() {
    return switch (job.means()) {
      case Means.Pod(var instead) -> instead.map(why -> StandbyNote.line(why, texts));
      case Means.Standby order -> Optional.empty();
    };
  }

  private Rich headline(String emoji, String key) {
    Rich rich = new Rich();
    if (job.request().dryRun()) {
      rich.emoji("test_tube").plain(" ").say(texts, "remedy.dry-run").newLine();
    }
    rich.emoji(emoji)
        .plain(" ")
        .and(new RemedyWords(texts).what(job.remedy()))
        .say(texts, key)
        .user(job.request().user());
    approver().ifPresent(other -> rich.say(texts, "remedy.approved-by").user(other));
    return rich;
  }

  private Optional<String> approver() {
    return job.story()
        .released()
        .map(Story.Approval::user)
        .filter(user -> !user.equals(job.request().user()));
  }

  private Rich after(After after) {
    long used = job.remedy().seen().used();
    long limit = job.remedy().seen().limit();
    return switch (after) {
      case After.Measured(long now, long ceiling, String check, Instant at) ->
          new Rich()
              .say(
                  texts,
                  "remedy.before-after",
                  used,
                  share(used, limit),
                  now,
                  ceiling,
                  share(now, ceiling),
                  texts.time(at));
      case After.NotMeasured(Silence silence) ->
          new Rich()
              .say(texts, "remedy.not-measured")
              .plain(" ")
              .and(EndingWords.silence(texts, silence));
    };
  }

  private String share(long used, long limit) {
    return limit <= 0 ? "?" : texts.percent((double) used / limit);
  }

  private Optional<Rich> calico(Calico calico) {
    return switch (calico) {
      case Calico.Absent() -> Optional.empty();
      case Calico.WasReady() -> Optional.of(new Rich().say(texts, "calico.was-ready"));
      case Calico.ReadyAgain(long seconds) ->
          Optional.of(new Rich().say(texts, "calico.ready-again", took(seconds)));
      case Calico.NotReady(long seconds, String words) ->
          Optional.of(
              new Rich()
                  .say(texts, "calico.not-ready", took(seconds))
                  .plain(" ")
                  .code(Foreign.line(words, WORDS)));
    };
  }

  private String took(long seconds) {
    return texts.duration(Duration.ofSeconds(seconds));
  }
}
