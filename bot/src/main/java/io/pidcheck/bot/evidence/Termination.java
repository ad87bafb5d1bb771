package io.pidcheck.bot.evidence;

import java.time.Instant;
import java.util.Optional;

/**
 * How a container ended.
 *
 * @param reason the kubelet's word: OOMKilled, Error, StartError, Completed
 * @param message the termination message or the runtime's error; foreign text, or empty
 */
public record Termination(
    String reason, int exitCode, String message, Optional<Instant> finishedAt) {}
