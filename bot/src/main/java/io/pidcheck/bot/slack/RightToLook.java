package io.pidcheck.bot.slack;

import io.pidcheck.bot.chat.Message;
import io.pidcheck.bot.message.RemedyReplies;
import io.pidcheck.bot.message.Texts;
import io.pidcheck.bot.remedy.Authority;
import io.pidcheck.bot.remedy.Decision.Denied;
import java.util.Optional;

/** Whoever may not look at nodes is told so; help, and what a pasted text means, are for all. */
final class RightToLook {

  private final Authority authority;

  RightToLook(Authority authority) {
    this.authority = authority;
  }

  Optional<Message> refuse(Command command, String user, Texts texts) {
    return needed(command) && authority.toLook(user) instanceof Denied denied
        ? Optional.of(
            new RemedyReplies(texts)
                .denied("LOOK", denied.cause().name(), denied.who().users(), denied.who().groups()))
        : Optional.empty();
  }

  private static boolean needed(Command command) {
    return switch (command) {
      case Command.CheckNode check -> true;
      case Command.Report report -> true;
      case Command.ForceNode force -> true;
      case Command.ListNodes list -> true;
      case Command.Audit audit -> true;
      case Command.Calico calico -> true;
      case Command.Status status -> true;
      case Command.Help help -> false;
      case Command.Explain explain -> false;
      case Command.Bad bad -> false;
    };
  }
}
