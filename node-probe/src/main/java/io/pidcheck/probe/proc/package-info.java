/** The files of /proc: one parser for each kind; read, then parse. */
@NullMarked
package io.pidcheck.probe.proc;

import org.jspecify.annotations.NullMarked;
