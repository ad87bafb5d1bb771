/** What people read: Block Kit from findings, texts in English and Chinese. No IO. */
@NullMarked
package io.pidcheck.bot.message;

import org.jspecify.annotations.NullMarked;
