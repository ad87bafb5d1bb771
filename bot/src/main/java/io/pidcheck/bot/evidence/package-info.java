/** Collects what speaks for and against: the probe's report, and the pods it belongs to. */
@NullMarked
package io.pidcheck.bot.evidence;

import org.jspecify.annotations.NullMarked;
