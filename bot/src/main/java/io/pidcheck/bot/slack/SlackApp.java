package io.pidcheck.bot.slack;

import com.slack.api.Slack;
import com.slack.api.app_backend.slash_commands.payload.SlashCommandPayload;
import com.slack.api.bolt.App;
import com.slack.api.bolt.AppConfig;
import com.slack.api.bolt.context.builtin.SlashCommandContext;
import com.slack.api.bolt.request.builtin.SlashCommandRequest;
import com.slack.api.bolt.response.Response;
import io.pidcheck.bot.chat.Conversation;
import io.pidcheck.bot.chat.Message;
import io.pidcheck.bot.chat.People;
import io.pidcheck.bot.check.Check;
import io.pidcheck.bot.check.Overview;
import io.pidcheck.bot.check.Question;
import io.pidcheck.bot.cluster.AnswerTo.Wish;
import io.pidcheck.bot.cluster.ClusterException;
import io.pidcheck.bot.cluster.NodeRecord;
import io.pidcheck.bot.diagnosis.Explanation;
import io.pidcheck.bot.message.ExplainMessage;
import io.pidcheck.bot.message.HelpMessages;
import io.pidcheck.bot.message.RemedyReplies;
import io.pidcheck.bot.message.Texts;
import io.pidcheck.bot.remedy.Authority;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Slack sends, and who takes care of it. Slack waits 3 s for an acknowledgement, so that is
 * given first and everything else is done after it.
 */
public final class SlackApp {

  private static final Logger LOG = LoggerFactory.getLogger(SlackApp.class);

  private final String command;
  private final Conversation conversation;
  private final People people;
  private final RightToLook rights;
  private final Check check;
  private final Overview overview;
  private final NodeRecord record;
  private final Lists lists;
  private final NodesPages pages;
  private final AnywayClicks anyway;
  private final Executor threads;

  /** Who is spoken to, and who may ask. */
  public record Talk(Conversation conversation, People people, Authority authority) {}

  /** What can be asked for. */
  public record Desk(Check check, Overview overview, NodeRecord record, Lists lists) {}

  public SlackApp(String command, Talk talk, Desk desk, Executor threads) {
    this.command = command;
    this.conversation = talk.conversation();
    this.people = talk.people();
    this.rights = new RightToLook(talk.authority());
    this.check = desk.check();
    this.overview = desk.overview();
    this.record = desk.record();
    this.lists = desk.lists();
    this.pages = new NodesPages(desk.overview(), talk, threads);
    this.anyway = new AnywayClicks(desk.check(), talk, threads);
    this.threads = threads;
  }

  /** The Bolt app that listens for the slash command. */
  public App bolt(Slack slack, String botToken) {
    App app = new App(AppConfig.builder().slack(slack).singleTeamBotToken(botToken).build());
    app.command(command, this::onCommand);
    return anyway.on(lists.on(pages.on(app)));
  }

  private Response onCommand(SlashCommandRequest request, SlashCommandContext context) {
    SlashCommandPayload payload = request.getPayload();
    threads.execute(() -> handle(payload));
    return context.ack();
  }

  private void handle(SlashCommandPayload payload) {
    try {
      Command asked = Command.parse(payload.getText() == null ? "" : payload.getText());
      Optional<Message> refusal = rights.refuse(asked, payload.getUserId(), texts(payload));
      if (refusal.isPresent()) {
        tell(payload, refusal.get());
        return;
      }
      switch (asked) {
        case Command.CheckNode(var node) -> check.start(question(node, Wish.CHECK, payload));
        case Command.ListNodes() ->
            overview.start(payload.getChannelId(), payload.getUserId(), payload.getResponseUrl());
        case Command.ForceNode(var node) ->
            check.start(question(node, Wish.CHECK, payload).forced());
        case Command.Report(var node) -> check.start(question(node, Wish.REPORT, payload));
        case Command.Audit(var node) ->
            tell(payload, new RemedyReplies(texts(payload)).record(record.read(node)));
        case Command.Calico() -> tell(payload, lists.calico(texts(payload)));
        case Command.Status() -> tell(payload, lists.status(payload.getUserId(), texts(payload)));
        case Command.Help() -> tell(payload, HelpMessages.help(command, texts(payload)));
        case Command.Explain(var text) ->
            tell(payload, ExplainMessage.of(command, Explanation.of(text), texts(payload)));
        case Command.Bad(var problem, var typed) ->
            tell(payload, HelpMessages.badCommand(command, problem, typed, texts(payload)));
      }
    } catch (ClusterException e) {
      tell(payload, HelpMessages.cannotStart(String.valueOf(e.getMessage()), texts(payload)));
    } catch (RuntimeException e) {
      LOG.atError().addKeyValue("user", payload.getUserId()).setCause(e).log("command failed");
      tell(payload, HelpMessages.cannotStart("internal error", texts(payload)));
    }
  }

  private static Question question(String node, Wish wish, SlashCommandPayload payload) {
    return new Question(
        node, wish, payload.getChannelId(), payload.getUserId(), payload.getResponseUrl());
  }

  private Texts texts(SlashCommandPayload payload) {
    return Texts.in(people.locale(payload.getUserId()));
  }

  private void tell(SlashCommandPayload payload, Message message) {
    conversation.tellAsker(payload.getResponseUrl(), payload.getUserId(), message);
  }
}
