/**
 * A Slack workspace on localhost: Web API, Socket Mode, the page, and a control API to drive it.
 */
@NullMarked
package io.pidcheck.bot.local.slack;

import org.jspecify.annotations.NullMarked;
