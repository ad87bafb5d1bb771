package io.pidcheck.bot.local.slack.workspace;

/**
 * A slash command of the app, as the app's manifest declares it.
 *
 * @param command with its slash
 * @param usageHint the arguments, for the completion: {@code node <name>}
 */
public record SlashCommand(String command, String usageHint, String description) {

  public SlashCommand {
    if (!command.matches("/[a-z0-9_-]{1,32}")) {
      throw new IllegalArgumentException("not a slash command: " + command);
    }
  }
}
