/** Measurements, run by hand: they print figures and assert nothing. */
@NullMarked
package io.pidcheck.bot.bench;

import org.jspecify.annotations.NullMarked;
