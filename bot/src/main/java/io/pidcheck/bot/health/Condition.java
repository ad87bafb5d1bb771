package io.pidcheck.bot.health;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * One thing that the bot needs, to be ready.
 *
 * @param trouble what is wrong with it now, in a few words; empty for nothing
 */
public record Condition(String name, Supplier<Optional<String>> trouble) {}
