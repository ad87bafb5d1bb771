package io.pidcheck.bot.local.slack.workspace;

import java.util.List;

/** A user group, such as {@code @sre-oncall}. */
public record UserGroup(String id, String handle, String name, List<String> users) {

  public UserGroup {
    users = List.copyOf(users);
  }
}
