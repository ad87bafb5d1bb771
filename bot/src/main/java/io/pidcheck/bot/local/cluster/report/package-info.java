/** How the parts of a cluster tell what they do: in statuses and in events. */
@NullMarked
package io.pidcheck.bot.local.cluster.report;

import org.jspecify.annotations.NullMarked;
