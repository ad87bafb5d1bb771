/** The outbound Slack edge: post, update, tell one user. */
@NullMarked
package io.pidcheck.bot.chat;

import org.jspecify.annotations.NullMarked;
