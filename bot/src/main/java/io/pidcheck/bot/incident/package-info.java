/** An incident of one node as it is remembered: plain records and their JSON, no rules, no IO. */
@NullMarked
package io.pidcheck.bot.incident;

import org.jspecify.annotations.NullMarked;
