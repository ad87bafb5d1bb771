/** A certificate authority of one's own, for servers on loopback that are to be verified. */
@NullMarked
package io.pidcheck.bot.local.cluster.tls;

import org.jspecify.annotations.NullMarked;
