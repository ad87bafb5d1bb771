package io.pidcheck.bot.check;

/**
 * Somebody asks about a node.
 *
 * @param channel where the answer goes
 * @param responseUrl to tell the asker alone
 */
public record Question(String node, String channel, String user, String responseUrl) {}
