/** The bot's own state, for whoever looks after it: alive, ready, and in figures. */
@NullMarked
package io.pidcheck.bot.health;

import org.jspecify.annotations.NullMarked;
