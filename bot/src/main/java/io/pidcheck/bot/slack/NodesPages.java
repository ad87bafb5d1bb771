package io.pidcheck.bot.slack;

import com.slack.api.app_backend.interactive_components.payload.BlockActionPayload;
import com.slack.api.bolt.App;
import com.slack.api.bolt.context.builtin.ActionContext;
import com.slack.api.bolt.request.builtin.BlockActionRequest;
import com.slack.api.bolt.response.Response;
import io.pidcheck.bot.chat.Message;
import io.pidcheck.bot.check.Overview;
import io.pidcheck.bot.message.NodesMessage;
import io.pidcheck.bot.message.Texts;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The buttons that turn the pages of the list of nodes. Everybody in the channel sees them: whoever
 * may not ask for the list may not turn its pages either.
 */
public final class NodesPages {

  private static final Logger LOG = LoggerFactory.getLogger(NodesPages.class);
  private static final Pattern OURS = Pattern.compile(Pattern.quote(NodesMessage.TURN) + ".*");
  private static final Pattern PAGE = Pattern.compile("\\d{1,4}");

  private final Overview overview;
  private final SlackApp.Talk talk;
  private final RightToLook rights;
  private final Executor threads;

  public NodesPages(Overview overview, SlackApp.Talk talk, Executor threads) {
    this.overview = overview;
    this.talk = talk;
    this.rights = new RightToLook(talk.authority());
    this.threads = threads;
  }

  /** Has the app listen for them. */
  public App on(App app) {
    return app.blockAction(OURS, this::onClick);
  }

  private Response onClick(BlockActionRequest request, ActionContext context) {
    BlockActionPayload payload = request.getPayload();
    String value = String.valueOf(payload.getActions().getFirst().getValue());
    if (PAGE.matcher(value).matches()) {
      threads.execute(() -> turn(payload, Integer.parseInt(value)));
    }
    return context.ack();
  }

  private void turn(BlockActionPayload payload, int page) {
    String user = payload.getUser().getId();
    try {
      Texts texts = Texts.in(talk.people().locale(user));
      Optional<Message> refusal = rights.refuse(new Command.ListNodes(), user, texts);
      if (refusal.isPresent()) {
        talk.conversation().tellAsker(payload.getResponseUrl(), user, refusal.get());
        return;
      }
      overview.turn(payload.getChannel().getId(), payload.getMessage().getTs(), user, page);
    } catch (RuntimeException e) {
      LOG.atError().addKeyValue("user", user).setCause(e).log("click failed");
    }
  }
}
