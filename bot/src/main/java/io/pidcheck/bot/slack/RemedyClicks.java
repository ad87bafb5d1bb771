package io.pidcheck.bot.slack;

import com.slack.api.app_backend.interactive_components.payload.BlockActionPayload;
import com.slack.api.bolt.App;
import com.slack.api.bolt.context.builtin.ActionContext;
import com.slack.api.bolt.request.builtin.BlockActionRequest;
import com.slack.api.bolt.response.Response;
import io.pidcheck.bot.message.RemedyButtons;
import io.pidcheck.bot.remedy.Click;
import io.pidcheck.bot.remedy.Requests;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;

/** The buttons: acknowledged first, taken care of after. */
public final class RemedyClicks {

  private static final Pattern OURS = Pattern.compile(Pattern.quote(RemedyButtons.PREFIX) + ".+");

  private final Requests requests;
  private final Executor threads;

  public RemedyClicks(Requests requests, Executor threads) {
    this.requests = requests;
    this.threads = threads;
  }

  /** Adds itself to the app. */
  public App listen(App app) {
    return app.blockAction(OURS, this::onClick);
  }

  private Response onClick(BlockActionRequest request, ActionContext context) {
    BlockActionPayload payload = request.getPayload();
    threads.execute(
        () -> payload.getActions().forEach(action -> requests.clicked(click(payload, action))));
    return context.ack();
  }

  private static Click click(BlockActionPayload payload, BlockActionPayload.Action action) {
    String ts = Objects.requireNonNullElse(payload.getContainer().getMessageTs(), "");
    return new Click(
        Objects.requireNonNullElse(action.getActionId(), ""),
        Objects.requireNonNullElse(action.getValue(), ""),
        payload.getUser().getId(),
        payload.getChannel().getId(),
        ts,
        Objects.requireNonNullElse(payload.getContainer().getThreadTs(), ts),
        payload.getResponseUrl());
  }
}
