/** Events, as the parts of a cluster record them. */
@NullMarked
package io.pidcheck.bot.local.cluster.event;

import org.jspecify.annotations.NullMarked;
