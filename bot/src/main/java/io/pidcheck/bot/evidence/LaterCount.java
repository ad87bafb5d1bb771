package io.pidcheck.bot.evidence;

import java.time.Duration;

/**
 * The node's tasks counted once more within the same run.
 *
 * @param after how long after the report's own count
 */
public record LaterCount(long threads, Duration after) {}
