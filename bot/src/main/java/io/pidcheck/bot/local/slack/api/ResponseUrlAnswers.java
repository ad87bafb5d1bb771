package io.pidcheck.bot.local.slack.api;

import io.pidcheck.bot.local.slack.workspace.Content;
import io.pidcheck.bot.local.slack.workspace.Directory;
import io.pidcheck.bot.local.slack.workspace.Draft;
import io.pidcheck.bot.local.slack.workspace.Message;
import io.pidcheck.bot.local.slack.workspace.ResponseUrls.Origin;
import io.pidcheck.bot.local.slack.workspace.ResponseUrls.Use;
import io.pidcheck.bot.local.slack.workspace.Workspace;
import java.util.Optional;

/** What the bot posts to a response URL, or sends along with an acknowledgement. */
public final class ResponseUrlAnswers {

  private final Workspace workspace;
  private final Composer composer;

  public ResponseUrlAnswers(Workspace workspace, Composer composer) {
    this.workspace = workspace;
    this.composer = composer;
  }

  /** Uses the URL once. */
  public Answer post(String id, Arguments arguments) {
    return switch (workspace.responseUrls().use(id)) {
      case Use.Refused refused -> new Answer.Broken(404, refused.error());
      case Use.Granted granted -> apply(granted.origin(), arguments);
    };
  }

  /** Does what the bot asks, within what its origin allows. */
  public Answer apply(Origin origin, Arguments arguments) {
    Optional<Message> original =
        origin.messageTs().flatMap(ts -> workspace.message(origin.channel(), ts));
    if (arguments.flag("delete_original")) {
      original.ifPresent(message -> workspace.delete(message.channel(), message.ts()));
      return Answer.done();
    }
    return switch (composer.compose(arguments)) {
      case Composer.Composed.Refused refused -> new Answer.Broken(400, refused.answer().error());
      case Composer.Composed.Ready ready -> {
        if (arguments.flag("replace_original") && original.isPresent()) {
          workspace.update(original.get(), ready.content());
        } else {
          workspace.post(draft(origin, arguments, ready.content()));
        }
        yield Answer.done();
      }
    };
  }

  private static Draft draft(Origin origin, Arguments arguments, Content content) {
    Draft draft =
        Draft.by(Directory.BOT.id(), origin.channel(), content)
            .inThread(arguments.text("thread_ts"));
    return isInChannel(arguments) ? draft : draft.onlyFor(origin.user());
  }

  /** Whether everyone is to see it; by default only the person who asked does. */
  public static boolean isInChannel(Arguments arguments) {
    return arguments.text("response_type").equals(Optional.of("in_channel"));
  }
}
