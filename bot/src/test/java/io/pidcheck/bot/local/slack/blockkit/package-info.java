@NullMarked
package io.pidcheck.bot.local.slack.blockkit;

import org.jspecify.annotations.NullMarked;
