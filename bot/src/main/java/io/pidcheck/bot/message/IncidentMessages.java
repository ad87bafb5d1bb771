package io.pidcheck.bot.message;

import com.slack.api.model.block.LayoutBlock;
import io.pidcheck.bot.chat.Message;
import io.pidcheck.bot.cluster.AnswerTo;
import io.pidcheck.bot.incident.Incident;
import io.pidcheck.bot.incident.Incident.End;
import io.pidcheck.bot.incident.Incident.Shortage;
import io.pidcheck.bot.incident.Incident.Subject;
import io.pidcheck.bot.incident.Note;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An incident's message, a headline above what a check or a remedy wrote, and the lines of its
 * thread.
 */
public final class IncidentMessages {

  private static final int WORDS = 300;
  private static final int NAME = 60;
  // Slack takes 50 blocks in a message
  private static final int MOST_BLOCKS = 50;

  private final Texts texts;
  private final Optional<String> mention;

  /**
   * @param mention id of the user group that is called when it is critical
   */
  public IncidentMessages(Locale language, Optional<String> mention) {
    this.texts = Texts.in(language);
    this.mention = mention;
  }

  /** What is posted first. */
  public Message first(Incident incident) {
    return whole(incident, Optional.empty());
  }

  /**
   * What is to stand there now.
   *
   * @param body what a check or a remedy last wrote into it
   */
  public Message whole(Incident incident, Optional<Message> body) {
    List<LayoutBlock> blocks = new ArrayList<>();
    blocks.add(headline(incident));
    body.ifPresent(message -> blocks.addAll(message.blocks()));
    if (body.isEmpty() && incident.type() == Subject.TROUBLE && incident.ongoing()) {
      blocks.add(
          new Rich()
              .emoji("hourglass_flowing_sand")
              .say(texts, "incident.checking", incident.node())
              .block());
    }
    return new Message(
        notification(incident), blocks.subList(0, Math.min(MOST_BLOCKS, blocks.size())));
  }

  /** In the diagnosis's place where the API server would not take the check. */
  public Message refused(Incident incident, String words) {
    AnswerTo nobody = new AnswerTo("-", "-", AnswerTo.NOBODY, texts.locale());
    return CheckMessages.refused(incident.node(), nobody, words);
  }

  /** One line of the thread. */
  public Message note(Incident incident, Note note) {
    Rich rich =
        switch (note.kind()) {
          case RESTARTED_AGAIN ->
              new Rich()
                  .emoji("arrows_counterclockwise")
                  .say(
                      texts,
                      "incident.note.again",
                      name(incident),
                      note.restarts(),
                      texts.minute(note.at()))
                  .plain(" ")
                  .plain(Foreign.line(note.words(), WORDS));
          case REBOOTED ->
              new Rich()
                  .emoji("electric_plug")
                  .say(texts, "incident.reboot", incident.node(), texts.minute(note.at()));
          case FREE_PIDS_LOW -> shortage(incident, note);
          case REMEDIED -> remedied(note);
          case RESOLVED ->
              incident
                  .end()
                  .map(this::ended)
                  .orElseGet(() -> new Rich().say(texts, "incident.over", texts.minute(note.at())));
        };
    return new Message(texts.get("incident.text.note", incident.node()), List.of(rich.block()));
  }

  private Rich remedied(Note note) {
    Rich rich = new Rich().emoji("hammer_and_wrench").plain(" ");
    note.remedied().ifPresent(deed -> rich.user(deed.by()));
    return rich.say(texts, "incident.note.remedied", texts.minute(note.at()))
        .plain(Foreign.line(note.words(), WORDS));
  }

  private Rich shortage(Incident incident, Note note) {
    Rich rich = new Rich().emoji("red_circle");
    incident.shortage().ifPresent(sign -> rich.and(sign(sign)));
    if (incident.shortage().isEmpty()) {
      rich.plain(Foreign.line(note.words(), WORDS));
    }
    mention.ifPresent(group -> rich.plain(" ").userGroup(group));
    return rich;
  }

  private String notification(Incident incident) {
    if (!incident.ongoing()) {
      return texts.get("incident.text.over", incident.node());
    }
    if (incident.type() == Subject.REBOOT) {
      return texts.get("incident.text.reboot", incident.node());
    }
    return incident.restarts() > 0
        ? texts.get("incident.text.restart", incident.node(), name(incident))
        : texts.get("incident.text.pids", incident.node());
  }

  private LayoutBlock headline(Incident incident) {
    if (incident.type() == Subject.REBOOT) {
      return new Rich()
          .emoji("electric_plug")
          .say(texts, "incident.reboot", incident.node(), texts.minute(incident.openedAt()))
          .block();
    }
    Rich rich = new Rich();
    incident.end().ifPresent(end -> rich.and(ended(end)).newLine());
    rich.emoji(emoji(incident)).plain(" ");
    if (incident.restarts() > 0) {
      restarts(rich, incident);
    } else {
      boolean counted = incident.shortage().filter(Shortage::isCounted).isPresent();
      rich.say(texts, counted ? "incident.pids" : "incident.refused", incident.node());
    }
    incident.shortage().ifPresent(sign -> rich.newLine().and(sign(sign)));
    if (incident.critical() && incident.ongoing()) {
      mention.ifPresent(group -> rich.plain(" ").userGroup(group));
    }
    return rich.block();
  }

  private void restarts(Rich rich, Incident incident) {
    rich.say(texts, "incident.restarted", incident.node(), name(incident));
    if (!incident.reason().isEmpty()) {
      rich.say(texts, "incident.why." + incident.reason());
    }
    String last = incident.lastRestart().map(texts::minute).orElse("");
    rich.newLine();
    if (incident.restarts() == 1) {
      rich.say(texts, "incident.once", last);
    } else {
      String first = incident.firstRestart().map(texts::minute).orElse("");
      rich.say(texts, "incident.times", incident.restarts(), first, last);
    }
  }

  private Rich sign(Shortage sign) {
    if (sign.isCounted()) {
      return new Rich()
          .say(texts, "incident.free", sign.free(), sign.limit(), texts.minute(sign.at()));
    }
    return new Rich()
        .say(texts, "incident.event", texts.minute(sign.at()))
        .plain(" ")
        .code(Foreign.line(sign.words(), WORDS));
  }

  private Rich ended(End end) {
    Rich rich = new Rich().emoji("white_check_mark").plain(" ");
    String at = texts.minute(end.at());
    return switch (end.reason()) {
      case NODE_GONE -> rich.say(texts, "incident.gone", at);
      case TOLD -> rich.say(texts, "incident.over", at);
      case CALM ->
          end.by().isEmpty()
              ? rich.say(texts, "incident.over", at)
              : rich.say(texts, "incident.over.by", at)
                  .plain(" ")
                  .user(end.by())
                  .plain(": ")
                  .plain(Foreign.line(end.remedy(), WORDS));
    };
  }

  private static String emoji(Incident incident) {
    if (!incident.ongoing()) {
      return "large_green_circle";
    }
    return incident.critical() ? "rotating_light" : "warning";
  }

  private static String name(Incident incident) {
    return Foreign.line(incident.set(), NAME);
  }
}
