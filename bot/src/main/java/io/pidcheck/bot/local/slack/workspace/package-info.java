/** What the workspace holds: people, channels, messages, modals and files. No network in here. */
@NullMarked
package io.pidcheck.bot.local.slack.workspace;

import org.jspecify.annotations.NullMarked;
