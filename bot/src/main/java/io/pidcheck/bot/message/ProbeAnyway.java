package io.pidcheck.bot.message;

import com.slack.api.model.block.ActionsBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.composition.ConfirmationDialogObject;
import com.slack.api.model.block.composition.PlainTextObject;
import com.slack.api.model.block.element.ButtonElement;
import io.pidcheck.bot.chat.Message;
import io.pidcheck.bot.cluster.AnswerTo;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The button below a check whose probe was held back for lack of PIDs. It asks first, and says what
 * the probe takes of how much there is.
 */
public final class ProbeAnyway {

  /** The button's action id; its value is the wish and the node's name. */
  public static final String ACTION = "probe-anyway";

  // https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object
  private static final int TITLE = 100;

  private ProbeAnyway() {}

  /**
   * The same message with the button at its end.
   *
   * @param pids as far as they are known
   */
  public static Message under(Message message, String node, Pids pids, AnswerTo answer) {
    Texts texts = Texts.in(answer.locale());
    String title = texts.get("anyway.title", Foreign.line(node, TITLE));
    ConfirmationDialogObject confirm =
        ConfirmationDialogObject.builder()
            .title(plain(title.substring(0, Math.min(TITLE, title.length()))))
            .text(plain(texts.get("anyway.text", pids.taken(), pids.free())))
            .confirm(plain(texts.get("anyway.yes")))
            .deny(plain(texts.get("confirm.no")))
            .style("danger")
            .build();
    LayoutBlock row =
        ActionsBlock.builder()
            .elements(
                List.of(
                    ButtonElement.builder()
                        .actionId(ACTION)
                        .text(plain(texts.get("anyway.button")))
                        .value(answer.wish().name() + " " + node)
                        .confirm(confirm)
                        .build()))
            .build();
    return new Message(
        message.text(), Stream.concat(message.blocks().stream(), Stream.of(row)).toList());
  }

  /**
   * What a probe's pod takes as it starts, of how many that are free.
   *
   * @param taken about
   */
  public record Pids(long taken, long free) {}

  /** To somebody whose click came second. */
  public static Message already(String node, Locale locale) {
    Texts texts = Texts.in(locale);
    Rich rich = new Rich().say(texts, "anyway.already", Foreign.line(node, TITLE));
    return new Message(texts.get("anyway.already.text"), List.of(rich.block()));
  }

  private static PlainTextObject plain(String text) {
    return PlainTextObject.builder().text(text).emoji(false).build();
  }
}
