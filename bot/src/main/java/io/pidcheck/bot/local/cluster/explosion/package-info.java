/** A service that leaks threads, to have something to find in local mode. */
@NullMarked
package io.pidcheck.bot.local.cluster.explosion;

import org.jspecify.annotations.NullMarked;
