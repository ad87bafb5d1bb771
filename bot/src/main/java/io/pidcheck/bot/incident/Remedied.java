package io.pidcheck.bot.incident;

import java.time.Instant;

/**
 * Something that was done to a node.
 *
 * @param at when it had been done
 * @param by Slack user id
 * @param what in a few words; may hold a process's name, which is foreign text
 */
public record Remedied(Instant at, String by, String what) {}
