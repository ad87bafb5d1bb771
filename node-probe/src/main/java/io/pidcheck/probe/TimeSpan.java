package io.pidcheck.probe;

import java.time.Duration;
import java.util.Optional;

/** A time span as people write it: {@code 250ms}, {@code 10s}. */
final class TimeSpan {

  private TimeSpan() {}

  /** Empty when it is none, or longer than {@code most}. */
  static Optional<Duration> parse(String text, Duration most) {
    boolean millis = text.endsWith("ms");
    if (!millis && !text.endsWith("s")) {
      return Optional.empty();
    }
    String digits = text.substring(0, text.length() - (millis ? 2 : 1));
    if (digits.isEmpty() || digits.length() > 9 || !isNumber(digits)) {
      return Optional.empty();
    }
    long number = Long.parseLong(digits);
    Duration span = millis ? Duration.ofMillis(number) : Duration.ofSeconds(number);
    return span.compareTo(most) > 0 ? Optional.empty() : Optional.of(span);
  }

  private static boolean isNumber(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}
