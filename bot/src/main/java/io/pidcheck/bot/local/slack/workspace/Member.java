package io.pidcheck.bot.local.slack.workspace;

/**
 * Someone in the workspace.
 *
 * @param name the handle, without @
 * @param role who that is in the on-call team, for the page
 * @param color the avatar's colour, {@code #rrggbb}
 */
public record Member(
    String id, String name, String realName, String locale, String role, String color) {}
