/** The inbound Slack edge: Bolt, the command parser. Acknowledge first, work after. */
@NullMarked
package io.pidcheck.bot.slack;

import org.jspecify.annotations.NullMarked;
