/** Slack's Web API methods over the workspace, with Slack's error names and rate limits. */
@NullMarked
package io.pidcheck.bot.local.slack.api;

import org.jspecify.annotations.NullMarked;
