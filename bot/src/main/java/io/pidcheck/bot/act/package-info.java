/** What can be done to a node, bound to what was seen there, and what became of it. Pure. */
@NullMarked
package io.pidcheck.bot.act;

import org.jspecify.annotations.NullMarked;
