/** One check of one node, from the question to the edited message. */
@NullMarked
package io.pidcheck.bot.check;

import org.jspecify.annotations.NullMarked;
