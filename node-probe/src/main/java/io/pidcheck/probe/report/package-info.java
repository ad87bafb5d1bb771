/** The wire contract between the probe and the bot: plain records, and their JSON. */
@NullMarked
package io.pidcheck.probe.report;

import org.jspecify.annotations.NullMarked;
