/** The bot: from a question in Slack to an answer in Slack. */
@NullMarked
package io.pidcheck.bot;

import org.jspecify.annotations.NullMarked;
