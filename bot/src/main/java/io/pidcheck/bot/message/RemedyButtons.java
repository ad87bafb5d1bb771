package io.pidcheck.bot.message;

import com.slack.api.model.block.ActionsBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.composition.ConfirmationDialogObject;
import com.slack.api.model.block.composition.PlainTextObject;
import com.slack.api.model.block.element.BlockElement;
import com.slack.api.model.block.element.ButtonElement;
import io.pidcheck.bot.act.ActJson;
import io.pidcheck.bot.act.Remedy;
import java.util.ArrayList;
import java.util.List;

/**
 * Buttons that act. Each asks first; what it stands for is in its value, and is checked again at
 * the click.
 */
public final class RemedyButtons {

  /** What all actions' ids of ours begin with. */
  public static final String PREFIX = "pidcheck.";

  public static final String ACT = PREFIX + "act";
  public static final String RECHECK = PREFIX + "recheck";
  public static final String APPROVE = PREFIX + "approve";
  public static final String CANCEL = PREFIX + "cancel";

  // https://docs.slack.dev/reference/block-kit: button, confirmation dialog
  private static final int LABEL = 75;
  private static final int VALUE = 2000;
  private static final int TITLE = 100;
  private static final int TEXT = 300;
  private static final int MOST = 10;

  private final Texts texts;
  private final boolean dryRun;
  private final RemedyWords words;

  public RemedyButtons(Texts texts, boolean dryRun) {
    this.texts = texts;
    this.dryRun = dryRun;
    this.words = new RemedyWords(texts);
  }

  /** One row: what can be done, in its order, and to look again. */
  public LayoutBlock row(String node, List<Remedy> remedies) {
    List<BlockElement> buttons = new ArrayList<>();
    for (Remedy remedy : remedies) {
      String value = ActJson.write(remedy);
      if (value.length() <= VALUE && buttons.size() < MOST) {
        buttons.add(act(remedy, value, buttons.size()));
      }
    }
    buttons.add(recheck(node));
    return ActionsBlock.builder().elements(buttons).build();
  }

  /** For a second person, while an act waits. */
  LayoutBlock approval(String job, Remedy remedy) {
    return ActionsBlock.builder()
        .elements(
            List.of(
                button(APPROVE, "button.approve", job)
                    .style("danger")
                    .confirm(confirm(remedy))
                    .build(),
                button(CANCEL, "button.cancel", job).build()))
        .build();
  }

  private BlockElement act(Remedy remedy, String value, int index) {
    String label = words.label(remedy);
    ButtonElement.ButtonElementBuilder button =
        ButtonElement.builder()
            .actionId(ACT + "." + index)
            .text(plain(cut(dryRun ? texts.get("button.dry-run", label) : label, LABEL)))
            .value(value)
            .confirm(confirm(remedy));
    return endsSomething(remedy) ? button.style("danger").build() : button.build();
  }

  private static boolean endsSomething(Remedy remedy) {
    return switch (remedy) {
      case Remedy.Kill kill -> true;
      case Remedy.DeletePod delete -> true;
      case Remedy.RaisePidMax raise -> false;
      case Remedy.Undo undo -> false;
    };
  }

  private BlockElement recheck(String node) {
    return button(RECHECK, "button.recheck", node).build();
  }

  private ButtonElement.ButtonElementBuilder button(String action, String label, String value) {
    return ButtonElement.builder().actionId(action).text(plain(texts.get(label))).value(value);
  }

  private ConfirmationDialogObject confirm(Remedy remedy) {
    List<String> lines = new ArrayList<>();
    if (dryRun) {
      lines.add(texts.get("confirm.dry-run"));
    }
    lines.addAll(words.consequences(remedy));
    return ConfirmationDialogObject.builder()
        .style(endsSomething(remedy) ? "danger" : "primary")
        .title(plain(cut(texts.get("confirm.title", remedy.seen().node()), TITLE)))
        .text(plain(cut(String.join("\n", lines), TEXT)))
        .confirm(plain(texts.get("confirm.yes." + kind(remedy))))
        .deny(plain(texts.get("confirm.no")))
        .build();
  }

  private static String kind(Remedy remedy) {
    return switch (remedy) {
      case Remedy.Kill kill -> "kill";
      case Remedy.RaisePidMax raise -> "raise";
      case Remedy.DeletePod delete -> "delete-pod";
      case Remedy.Undo undo -> "undo";
    };
  }

  // Slack reads no markup in plain_text; :names: of emoji it would show, which harms nobody
  private static PlainTextObject plain(String text) {
    return PlainTextObject.builder().text(text).emoji(false).build();
  }

  private static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
    return text.substring(0, end) + "…";
  }
}
