package io.pidcheck.bot.message;

import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.font.FontRenderContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * The chart's type: Roboto, Apache-2.0, from the class path as the texts are. A base image of glibc
 * alone has no font, and one drawn with the machine's own would look different everywhere.
 */
final class ChartFont {

  private static final String REGULAR = "/com/formdev/flatlaf/fonts/roboto/Roboto-Medium.ttf";
  private static final Font FONT = load();
  private static final FontRenderContext PLAIN = new FontRenderContext(null, true, false);

  private ChartFont() {}

  /**
   * @param pixels height of the type
   */
  static Font of(int pixels) {
    return FONT.deriveFont((float) pixels);
  }

  /** In pixels. */
  static double width(String text, int pixels) {
    return of(pixels).getStringBounds(text, PLAIN).getWidth();
  }

  /** The same text, with what the font has no sign for as a question mark. */
  static String drawable(String text) {
    StringBuilder drawable = new StringBuilder();
    text.codePoints()
        .forEach(point -> drawable.appendCodePoint(FONT.canDisplay(point) ? point : (int) '?'));
    return drawable.toString();
  }

  private static Font load() {
    try (InputStream font = ChartFont.class.getResourceAsStream(REGULAR)) {
      return Font.createFont(Font.TRUETYPE_FONT, Objects.requireNonNull(font, REGULAR));
    } catch (IOException | FontFormatException e) {
      throw new IllegalStateException("the chart's font cannot be read", e);
    }
  }
}
