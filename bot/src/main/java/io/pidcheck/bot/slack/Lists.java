package io.pidcheck.bot.slack;

import com.slack.api.app_backend.interactive_components.payload.BlockActionPayload;
import com.slack.api.bolt.App;
import com.slack.api.bolt.context.builtin.ActionContext;
import com.slack.api.bolt.request.builtin.BlockActionRequest;
import com.slack.api.bolt.response.Response;
import io.pidcheck.bot.chat.Message;
import io.pidcheck.bot.chat.People;
import io.pidcheck.bot.cluster.DaemonPods;
import io.pidcheck.bot.message.CalicoMessage;
import io.pidcheck.bot.message.StatusMessage;
import io.pidcheck.bot.message.StatusMessage.Asker;
import io.pidcheck.bot.message.StatusMessage.Status;
import io.pidcheck.bot.message.Texts;
import io.pidcheck.bot.remedy.Authority;
import io.pidcheck.bot.remedy.Decision;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is told to the asker alone of calico-node everywhere, and of the bot itself. */
public final class Lists {

  private static final Logger LOG = LoggerFactory.getLogger(Lists.class);
  private static final Pattern OURS = Pattern.compile(Pattern.quote(CalicoMessage.TURN) + ".*");
  private static final Pattern PAGE = Pattern.compile("\\d{1,4}");

  private final DaemonPods pods;
  private final Supplier<Status> status;
  private final Askers askers;
  private final RightToLook rights;
  private final Executor threads;

  /** Who asks, and what they may. */
  public record Askers(People people, Authority authority) {}

  public Lists(DaemonPods pods, Supplier<Status> status, Askers askers, Executor threads) {
    this.pods = pods;
    this.status = status;
    this.askers = askers;
    this.rights = new RightToLook(askers.authority());
    this.threads = threads;
  }

  /** Has the app listen for the buttons that turn pages. */
  App on(App app) {
    return app.blockAction(OURS, this::onClick);
  }

  Message calico(Texts texts) {
    return CalicoMessage.of(pods.all(), 0, texts);
  }

  Message status(String user, Texts texts) {
    Authority authority = askers.authority();
    Asker asker =
        new Asker(
            authority.toActAnywhere(user) instanceof Decision.Allowed, authority.actsIn(user));
    return StatusMessage.of(status.get(), asker, texts);
  }

  private Response onClick(BlockActionRequest request, ActionContext context) {
    BlockActionPayload payload = request.getPayload();
    String value = String.valueOf(payload.getActions().getFirst().getValue());
    if (PAGE.matcher(value).matches()) {
      threads.execute(() -> turn(payload, Integer.parseInt(value), context));
    }
    return context.ack();
  }

  private void turn(BlockActionPayload payload, int page, ActionContext context) {
    String user = payload.getUser().getId();
    Texts texts = Texts.in(askers.people().locale(user));
    Message message =
        rights
            .refuse(new Command.Calico(), user, texts)
            .orElseGet(() -> CalicoMessage.of(pods.all(), page, texts));
    try {
      context.respond(
          answer -> answer.replaceOriginal(true).text(message.text()).blocks(message.blocks()));
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("user", user).log("page not turned: {}", e.getMessage());
    }
  }
}
