/** Rules over evidence. No IO. */
@NullMarked
package io.pidcheck.bot.diagnosis;

import org.jspecify.annotations.NullMarked;
