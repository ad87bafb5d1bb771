@NullMarked
package io.pidcheck.bot.local.slack;

import org.jspecify.annotations.NullMarked;
