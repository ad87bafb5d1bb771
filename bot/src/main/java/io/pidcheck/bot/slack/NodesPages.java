package io.pidcheck.bot.slack;

import com.slack.api.app_backend.interactive_components.payload.BlockActionPayload;
import com.slack.api.bolt.App;
import com.slack.api.bolt.context.builtin.ActionContext;
import com.slack.api.bolt.request.builtin.BlockActionRequest;
import com.slack.api.bolt.response.Response;
import io.pidcheck.bot.check.Overview;
import io.pidcheck.bot.message.NodesMessage;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;

/** The buttons that turn the pages of the list of nodes. */
public final class NodesPages {

  private static final Pattern OURS = Pattern.compile(Pattern.quote(NodesMessage.TURN) + ".*");
  private static final Pattern PAGE = Pattern.compile("\\d{1,4}");

  private final Overview overview;
  private final Executor threads;

  public NodesPages(Overview overview, Executor threads) {
    this.overview = overview;
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
      threads.execute(
          () ->
              overview.turn(
                  payload.getChannel().getId(),
                  payload.getMessage().getTs(),
                  payload.getUser().getId(),
                  Integer.parseInt(value)));
    }
    return context.ack();
  }
}
