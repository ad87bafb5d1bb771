/** Socket Mode: tickets, connections, envelopes and acknowledgements. */
@NullMarked
package io.pidcheck.bot.local.slack.socket;

import org.jspecify.annotations.NullMarked;
