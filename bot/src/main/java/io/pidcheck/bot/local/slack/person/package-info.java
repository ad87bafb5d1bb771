/** What a person does in the workspace, and the payloads that it sends to the bot. */
@NullMarked
package io.pidcheck.bot.local.slack.person;

import org.jspecify.annotations.NullMarked;
