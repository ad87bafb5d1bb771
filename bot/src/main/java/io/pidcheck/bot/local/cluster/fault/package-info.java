/** What can be made to go wrong in the local cluster. */
@NullMarked
package io.pidcheck.bot.local.cluster.fault;

import org.jspecify.annotations.NullMarked;
