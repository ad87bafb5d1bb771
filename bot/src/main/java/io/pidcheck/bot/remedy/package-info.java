/** From a click to an act and its proof: authorise, confirm, guard, Job, verify, audit. */
@NullMarked
package io.pidcheck.bot.remedy;

import org.jspecify.annotations.NullMarked;
