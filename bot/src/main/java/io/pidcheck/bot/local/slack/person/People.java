package io.pidcheck.bot.local.slack.person;

import io.pidcheck.bot.local.slack.workspace.SlashCommand;
import java.util.List;

/** All that a person can do. */
public record People(Speech speech, Clicks clicks, Forms forms) {

  public static People of(App app, List<SlashCommand> commands) {
    return new People(new Speech(app, List.copyOf(commands)), new Clicks(app), new Forms(app));
  }
}
