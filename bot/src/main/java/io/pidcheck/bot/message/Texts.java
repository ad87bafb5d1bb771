package io.pidcheck.bot.message;

import java.math.RoundingMode;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.ResourceBundle;

/** The words for people, in English or Chinese: {@code messages_en}, {@code messages_zh}. */
public final class Texts {

  private static final String BUNDLE = "io.pidcheck.bot.message.messages";
  private static final ResourceBundle.Control NO_FALLBACK =
      ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
  private static final Texts EN = new Texts(Locale.ENGLISH);
  private static final Texts ZH = new Texts(Locale.SIMPLIFIED_CHINESE);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'");
  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm");
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'");
  private static final long KIB = 1024;
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  private final Locale locale;
  private final ResourceBundle bundle;

  private Texts(Locale locale) {
    this.locale = locale;
    this.bundle =
        ResourceBundle.getBundle(BUNDLE, Locale.forLanguageTag(locale.getLanguage()), NO_FALLBACK);
  }

  /** Chinese for every zh locale, English for all others. */
  public static Texts in(Locale locale) {
    return locale.getLanguage().equals("zh") ? ZH : EN;
  }

  /**
   * One text. Numbers among the arguments are grouped as the language does.
   *
   * @param arguments never foreign text where the result goes into mrkdwn
   */
  public String get(String key, Object... arguments) {
    return format(pattern(key), arguments);
  }

  String pattern(String key) {
    return bundle.getString(key);
  }

  String format(String pattern, Object... arguments) {
    return new MessageFormat(pattern, locale).format(arguments);
  }

  public String number(long value) {
    return NumberFormat.getIntegerInstance(locale).format(value);
  }

  /** 0.965 as {@code 96.5%}; one decimal, so that 99.96 % full does not read as 100. */
  public String percent(double share) {
    NumberFormat format = NumberFormat.getPercentInstance(locale);
    format.setMinimumFractionDigits(1);
    format.setMaximumFractionDigits(1);
    format.setRoundingMode(RoundingMode.DOWN);
    return format.format(share);
  }

  /** 23299198976 as {@code 21.7 GiB}; binary units, as {@code free -h}. */
  public String bytes(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= KIB && unit < UNITS.length - 1) {
      value /= KIB;
      unit++;
    }
    NumberFormat format = NumberFormat.getInstance(locale);
    format.setMaximumFractionDigits(value < 10 && unit > 0 ? 1 : 0);
    return format.format(value) + " " + Objects.requireNonNull(UNITS[unit]);
  }

  /** One unit is enough for an age: {@code 19 min}. */
  public String duration(Duration duration) {
    if (duration.toMinutes() < 1) {
      return get("duration.seconds", duration.toSeconds());
    }
    if (duration.toHours() < 1) {
      return get("duration.minutes", duration.toMinutes());
    }
    return duration.toDays() < 2
        ? get("duration.hours", duration.toHours())
        : get("duration.days", duration.toDays());
  }

  /** 14:02, of a time that is said to be UTC beside it. */
  public String minute(Instant instant) {
    return MINUTE.format(instant.atOffset(ZoneOffset.UTC));
  }

  Locale locale() {
    return locale;
  }

  /** Day and time, the same in every language: {@code 2026-03-23 05:00:00 UTC}. */
  public String date(Instant instant) {
    return DATE.format(instant.atOffset(ZoneOffset.UTC));
  }

  public String time(Instant instant) {
    return TIME.format(instant.atOffset(ZoneOffset.UTC));
  }
}
