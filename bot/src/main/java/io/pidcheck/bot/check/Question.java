package io.pidcheck.bot.check;

import io.pidcheck.bot.cluster.AnswerTo.Wish;

/**
 * Somebody asks about a node.
 *
 * @param channel where the answer goes
 * @param responseUrl to tell the asker alone
 */
public record Question(String node, Wish wish, String channel, String user, String responseUrl) {}
