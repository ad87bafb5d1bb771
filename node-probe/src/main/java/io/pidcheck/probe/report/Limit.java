package io.pidcheck.probe.report;

/**
 * A ceiling as the kernel states it. On the wire: a number, {@code "unlimited"}, or {@code null}
 * for one that could not be read.
 */
public sealed interface Limit {

  Limit UNLIMITED = new Unlimited();
  Limit UNKNOWN = new Unknown();

  /** At most {@code value} (tasks, for every limit in a report). */
  record Of(long value) implements Limit {}

  /** {@code max} in a cgroup file, {@code unlimited} in /proc/pid/limits. */
  record Unlimited() implements Limit {}

  /** Not readable; the report's {@code missing} says why. */
  record Unknown() implements Limit {}

  static Limit of(long value) {
    return new Of(value);
  }
}
