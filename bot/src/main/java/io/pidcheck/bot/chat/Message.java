package io.pidcheck.bot.chat;

import com.slack.api.model.block.LayoutBlock;
import java.util.ArrayList;
import java.util.List;

/**
 * What is sent to Slack.
 *
 * @param text the notification's text and the fallback; mrkdwn, so never foreign text
 * @param blocks what is seen
 */
public record Message(String text, List<LayoutBlock> blocks) {

  public Message {
    blocks = List.copyOf(blocks);
    if (text.isBlank()) {
      throw new IllegalArgumentException("a message needs a text for its notification");
    }
  }

  /** The same with one more block at its end. */
  public Message with(LayoutBlock block) {
    List<LayoutBlock> more = new ArrayList<>(blocks);
    more.add(block);
    return new Message(text, more);
  }
}
