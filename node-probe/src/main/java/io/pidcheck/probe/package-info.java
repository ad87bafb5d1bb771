/** The small program that runs on a node. It knows nothing of the bot. */
@NullMarked
package io.pidcheck.probe;

import org.jspecify.annotations.NullMarked;
