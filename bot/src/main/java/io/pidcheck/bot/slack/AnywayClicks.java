package io.pidcheck.bot.slack;

import com.slack.api.app_backend.interactive_components.payload.BlockActionPayload;
import com.slack.api.bolt.App;
import com.slack.api.bolt.context.builtin.ActionContext;
import com.slack.api.bolt.request.builtin.BlockActionRequest;
import com.slack.api.bolt.response.Response;
import io.pidcheck.bot.chat.Message;
import io.pidcheck.bot.check.Check;
import io.pidcheck.bot.check.Question;
import io.pidcheck.bot.cluster.AnswerTo.Wish;
import io.pidcheck.bot.message.ProbeAnyway;
import io.pidcheck.bot.message.Texts;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The button that starts a probe which was held back; for whoever may look, as the command is. */
final class AnywayClicks {

  private static final Logger LOG = LoggerFactory.getLogger(AnywayClicks.class);

  private final Check check;
  private final SlackApp.Talk talk;
  private final RightToLook rights;
  private final Executor threads;

  AnywayClicks(Check check, SlackApp.Talk talk, Executor threads) {
    this.check = check;
    this.talk = talk;
    this.rights = new RightToLook(talk.authority());
    this.threads = threads;
  }

  /** Has the app listen for it. */
  App on(App app) {
    return app.blockAction(ProbeAnyway.ACTION, this::onClick);
  }

  private Response onClick(BlockActionRequest request, ActionContext context) {
    BlockActionPayload payload = request.getPayload();
    threads.execute(() -> handle(payload));
    return context.ack();
  }

  private void handle(BlockActionPayload payload) {
    String user = payload.getUser().getId();
    try {
      String[] value = payload.getActions().getFirst().getValue().split(" ", 2);
      String node = value[1];
      Texts texts = Texts.in(talk.people().locale(user));
      Optional<Message> refusal = rights.refuse(new Command.ForceNode(node), user, texts);
      if (refusal.isPresent()) {
        talk.conversation().tellAsker(payload.getResponseUrl(), user, refusal.get());
        return;
      }
      check.anyway(
          new Question(
              node,
              Wish.valueOf(value[0]),
              payload.getChannel().getId(),
              user,
              payload.getResponseUrl(),
              true),
          payload.getMessage().getTs());
    } catch (RuntimeException e) {
      LOG.atError().addKeyValue("user", user).setCause(e).log("click failed");
    }
  }
}
