package io.pidcheck.bot.local.slack.api;

import io.pidcheck.bot.local.slack.workspace.Directory;
import io.pidcheck.bot.local.slack.workspace.Message;
import io.pidcheck.bot.local.slack.workspace.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/** https://docs.slack.dev/reference/methods?family=reactions */
final class ReactionMethods {

  private static final Pattern NAME = Pattern.compile("[a-z0-9_+'-]{1,100}");

  private final Workspace workspace;

  ReactionMethods(Workspace workspace) {
    this.workspace = workspace;
  }

  Map<String, Method> all() {
    return Map.of(
        "reactions.add", arguments -> change(arguments, this::add),
        "reactions.remove", arguments -> change(arguments, this::remove));
  }

  private Answer change(Arguments arguments, BiFunction<Message, Message.Reaction, Answer> change) {
    Optional<Answer> missing = arguments.missing("channel", "timestamp", "name");
    if (missing.isPresent()) {
      return missing.get();
    }
    String name = arguments.text("name").orElse("");
    if (!NAME.matcher(name).matches()) {
      return Answer.refused("invalid_name");
    }
    if (new Places(workspace.directory()).byId(arguments).isEmpty()) {
      return Answer.refused("channel_not_found");
    }
    return workspace
        .message(arguments.text("channel").orElse(""), arguments.text("timestamp").orElse(""))
        .filter(message -> !message.isEphemeral())
        .map(message -> change.apply(message, new Message.Reaction(name, Directory.BOT.id())))
        .orElseGet(() -> Answer.refused("message_not_found"));
  }

  private Answer add(Message message, Message.Reaction reaction) {
    List<Message.Reaction> reactions = new ArrayList<>(message.reactions());
    if (reactions.contains(reaction)) {
      return Answer.refused("already_reacted");
    }
    reactions.add(reaction);
    workspace.react(message, reactions);
    return Answer.done();
  }

  private Answer remove(Message message, Message.Reaction reaction) {
    List<Message.Reaction> reactions = new ArrayList<>(message.reactions());
    if (!reactions.remove(reaction)) {
      return Answer.refused("no_reaction");
    }
    workspace.react(message, reactions);
    return Answer.done();
  }
}
