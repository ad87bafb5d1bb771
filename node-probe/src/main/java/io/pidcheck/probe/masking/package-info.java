/** Command lines without their secrets. Pure: bytes in, text out. */
@NullMarked
package io.pidcheck.probe.masking;

import org.jspecify.annotations.NullMarked;
