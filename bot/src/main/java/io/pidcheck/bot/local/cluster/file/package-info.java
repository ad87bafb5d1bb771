/** Files on this machine that outlive nothing. */
@NullMarked
package io.pidcheck.bot.local.cluster.file;

import org.jspecify.annotations.NullMarked;
