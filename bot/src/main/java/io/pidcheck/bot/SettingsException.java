package io.pidcheck.bot;

import java.util.List;

/** The settings cannot be used; every mistake is named. */
public final class SettingsException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<String> mistakes;

  SettingsException(List<String> mistakes) {
    super(String.join(System.lineSeparator(), mistakes));
    this.mistakes = List.copyOf(mistakes);
  }

  /** One line each: the setting, what is wrong, what would be right. */
  public List<String> mistakes() {
    return mistakes;
  }
}
