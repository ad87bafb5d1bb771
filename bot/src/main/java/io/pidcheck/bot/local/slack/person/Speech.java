package io.pidcheck.bot.local.slack.person;

import io.pidcheck.bot.local.slack.api.Answer;
import io.pidcheck.bot.local.slack.api.Arguments;
import io.pidcheck.bot.local.slack.api.ResponseUrlAnswers;
import io.pidcheck.bot.local.slack.socket.Ack;
import io.pidcheck.bot.local.slack.socket.Envelope;
import io.pidcheck.bot.local.slack.socket.SocketMode;
import io.pidcheck.bot.local.slack.workspace.Channel;
import io.pidcheck.bot.local.slack.workspace.Content;
import io.pidcheck.bot.local.slack.workspace.Directory;
import io.pidcheck.bot.local.slack.workspace.Draft;
import io.pidcheck.bot.local.slack.workspace.Json;
import io.pidcheck.bot.local.slack.workspace.Member;
import io.pidcheck.bot.local.slack.workspace.ResponseUrls.Origin;
import io.pidcheck.bot.local.slack.workspace.SlashCommand;
import io.pidcheck.bot.local.slack.workspace.Workspace;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** A person types a line and presses enter: a message, or a slash command. */
public final class Speech {

  private static final int MAX_TEXT = 40_000;
  private static final SlashCommand INVITE =
      new SlashCommand("/invite", "@" + Directory.BOT.name(), "Adds the bot to this channel");

  private final Workspace workspace;
  private final SocketMode socket;
  private final Payloads payloads;
  private final ResponseUrlAnswers answers;
  private final List<SlashCommand> commands;

  Speech(App app, List<SlashCommand> commands) {
    this.workspace = app.workspace();
    this.socket = app.socket();
    this.payloads = app.payloads();
    this.answers = app.answers();
    this.commands = commands;
  }

  /** The app's commands and the one that Slack itself has here. */
  public List<SlashCommand> commands() {
    return Stream.concat(commands.stream(), Stream.of(INVITE)).toList();
  }

  /** Takes {user, channel, text, thread_ts?}; a slash command is answered when the bot took it. */
  public Future<ObjectNode> say(Arguments body) {
    Optional<Member> user = body.text("user").flatMap(workspace.directory()::person);
    if (user.isEmpty()) {
      return now(Json.refusal("user_not_found"));
    }
    Optional<Channel> channel =
        body.text("channel")
            .flatMap(workspace.directory()::channel)
            .filter(c -> c.isOpenTo(user.get().id()));
    if (channel.isEmpty()) {
      return now(Json.refusal("channel_not_found"));
    }
    String text = body.text("text").orElse("");
    if (text.isBlank()) {
      return now(Json.refusal("no_text"));
    }
    if (text.length() > MAX_TEXT) {
      return now(Json.refusal("msg_too_long"));
    }
    Line line = new Line(user.get(), channel.get(), text, body.text("thread_ts"));
    return text.startsWith("/") ? command(line) : now(message(line));
  }

  private record Line(Member user, Channel channel, String text, Optional<String> threadTs) {
    String command() {
      return text.split("\\s", 2)[0];
    }

    String rest() {
      return text.substring(command().length()).strip();
    }
  }

  private ObjectNode message(Line line) {
    boolean unknownThread =
        line.threadTs()
            .filter(ts -> workspace.message(line.channel().id(), ts).isEmpty())
            .isPresent();
    if (unknownThread) {
      return Json.refusal("thread_not_found");
    }
    Draft draft =
        Draft.by(line.user().id(), line.channel().id(), Content.text(escaped(line.text())))
            .inThread(line.threadTs());
    return Json.done().put("ts", workspace.post(draft).ts());
  }

  private Future<ObjectNode> command(Line line) {
    if (line.threadTs().isPresent()) {
      slackbot(line, line.command() + " is not supported in threads. Sorry!");
      return now(Json.refusal("not_supported_in_thread"));
    }
    if (line.command().equals(INVITE.command())) {
      return now(invite(line));
    }
    if (commands.stream().noneMatch(command -> command.command().equals(line.command()))) {
      slackbot(
          line,
          "`"
              + escaped(line.command())
              + "` is not a valid command. In Slack, all messages that start with the \"/\""
              + " character are interpreted as commands.");
      return now(Json.refusal("invalid_command"));
    }
    ObjectNode payload =
        payloads.slashCommand(line.command(), escaped(line.rest()), line.user(), line.channel());
    return socket.deliver(Envelope.slashCommand(payload)).map(ack -> acknowledged(line, ack));
  }

  private ObjectNode acknowledged(Line line, Ack ack) {
    Optional<String> error =
        switch (ack) {
          case Ack.Failed failed -> Optional.of(failed.error());
          case Ack.Taken taken -> taken.payload().flatMap(payload -> show(line, payload));
        };
    if (error.isEmpty()) {
      return Json.done();
    }
    slackbot(line, line.command() + " failed with the error \"" + error.get() + "\"");
    return Json.refusal(error.get());
  }

  /** Shows what came with the acknowledgement; the error when that cannot be shown. */
  private Optional<String> show(Line line, ObjectNode payload) {
    Arguments arguments = new Arguments(payload);
    if (payload.isEmpty()) {
      return Optional.empty();
    }
    if (ResponseUrlAnswers.isInChannel(arguments)) {
      message(line); // Slack then shows the command itself too
    }
    Origin origin =
        new Origin(line.user().id(), line.channel().id(), Optional.empty(), Optional.empty());
    return switch (answers.apply(origin, arguments)) {
      case Answer.Done done -> Optional.empty();
      case Answer.Refused refused -> Optional.of(refused.error());
      case Answer.Broken broken -> Optional.of(broken.error());
      case Answer.RateLimited limited -> Optional.of("ratelimited");
    };
  }

  private ObjectNode invite(Line line) {
    if (!line.rest().equals("@" + Directory.BOT.name())
        && !line.rest().equals("<@" + Directory.BOT.id() + ">")) {
      slackbot(line, "Only @" + Directory.BOT.name() + " can be invited here.");
      return Json.refusal("user_not_found");
    }
    if (!workspace.directory().inviteBot(line.channel())) {
      slackbot(line, "@" + Directory.BOT.name() + " is already in this channel.");
      return Json.refusal("already_in_channel");
    }
    Content joined = Content.text("<@" + Directory.BOT.id() + "> was added to the channel.");
    workspace.post(Draft.by(Directory.SLACKBOT, line.channel().id(), joined));
    return Json.done();
  }

  private void slackbot(Line line, String text) {
    workspace.post(
        Draft.by(Directory.SLACKBOT, line.channel().id(), Content.text(text))
            .inThread(line.threadTs())
            .onlyFor(line.user().id()));
  }

  // https://docs.slack.dev/messaging/formatting-message-text: what people type comes escaped
  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static Future<ObjectNode> now(ObjectNode answer) {
    return Future.succeededFuture(answer);
  }
}
