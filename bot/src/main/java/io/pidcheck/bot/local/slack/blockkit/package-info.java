/** Slack's rules for blocks and views, with the words in which Slack refuses them. */
@NullMarked
package io.pidcheck.bot.local.slack.blockkit;

import org.jspecify.annotations.NullMarked;
