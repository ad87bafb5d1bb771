/** What changes a node: signals through pidfds, kernel settings written and read back. */
@NullMarked
package io.pidcheck.probe.remedy;

import org.jspecify.annotations.NullMarked;
