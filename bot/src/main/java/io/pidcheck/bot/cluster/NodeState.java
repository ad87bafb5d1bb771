package io.pidcheck.bot.cluster;

/**
 * A node as the API server has it.
 *
 * @param ready condition Ready is True
 * @param readyMessage the condition's message, empty where there is none
 */
public record NodeState(String name, boolean ready, String readyMessage) {}
