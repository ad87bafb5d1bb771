/**
 * The probe as a resident program: it takes orders from the API server by watching, and answers
 * through its output.
 */
@org.jspecify.annotations.NullMarked
package io.pidcheck.probe.standby;
