package io.pidcheck.bot.local.slack.api;

import io.pidcheck.bot.local.slack.workspace.Channel;
import io.pidcheck.bot.local.slack.workspace.Directory;
import java.util.Optional;

/** Finds the channel that an argument names. */
record Places(Directory directory) {

  /** By the id in {@code channel}. */
  Optional<Channel> byId(Arguments arguments) {
    return arguments.text("channel").flatMap(directory::channel);
  }

  /** By id, by the person's id for direct messages, or by name with or without #. */
  Optional<Channel> byName(String name) {
    return directory
        .channel(name)
        .or(() -> directory.directMessagesWith(name))
        .or(() -> publicChannel(name.startsWith("#") ? name.substring(1) : name));
  }

  private Optional<Channel> publicChannel(String name) {
    return directory.channels().stream()
        .filter(channel -> !channel.isDirect() && channel.name().equals(name))
        .findFirst();
  }
}
