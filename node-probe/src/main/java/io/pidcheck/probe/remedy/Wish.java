package io.pidcheck.probe.remedy;

import io.pidcheck.probe.report.SysctlResult.Written;
import java.util.OptionalLong;

/**
 * A value that a setting is to have.
 *
 * @param before what it says now
 * @param due false when it need not be written
 */
record Wish(Setting setting, String before, String wanted, boolean due) {

  /** At least so much. A setting that is higher or has no limit stays as it is. */
  static Wish atLeast(Setting setting, long value) {
    String before = setting.now();
    OptionalLong number = Setting.number(before);
    boolean enough =
        before.equals(Setting.NO_LIMIT) || (number.isPresent() && number.getAsLong() >= value);
    return new Wish(setting, before, Long.toString(value), !enough);
  }

  /** Just so much, also where that is less. */
  static Wish exactly(Setting setting, String value) {
    String before = setting.now();
    return new Wish(setting, before, value, !before.equals(value));
  }

  /** What came of it, read back. */
  Written written() {
    return new Written(setting.what(), before, wanted, setting.now());
  }

  /** Whether the setting is now as it is to be. */
  boolean fulfilled(Written written) {
    return due ? written.after().equals(wanted) : !written.after().isEmpty();
  }
}
