/** Foreign text made fit for people's eyes. */
@NullMarked
package io.pidcheck.probe.text;

import org.jspecify.annotations.NullMarked;
