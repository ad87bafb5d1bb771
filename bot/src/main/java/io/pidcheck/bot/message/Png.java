package io.pidcheck.bot.message;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * A picture as PNG (RFC 2083), in memory. javax.imageio would first write it to a file, where the
 * bot's root is read-only.
 */
final class Png {

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final byte BITS = 8;
  private static final byte RGB = 2;
  private static final int CHANNELS = 3;
  private static final int CHUNK_FRAME = 12;

  private Png() {}

  static byte[] of(BufferedImage image) {
    byte[] header =
        ByteBuffer.allocate(13)
            .putInt(image.getWidth())
            .putInt(image.getHeight())
            .put(BITS)
            .put(RGB)
            .array();
    byte[] pixels = deflated(rows(image));
    ByteBuffer png =
        ByteBuffer.allocate(
            SIGNATURE.length + header.length + pixels.length + CHUNK_FRAME * CHANNELS);
    png.put(SIGNATURE);
    chunk(png, "IHDR", header);
    chunk(png, "IDAT", pixels);
    chunk(png, "IEND", new byte[0]);
    return png.array();
  }

  /** Each row behind its filter's number: 0, none, suits drawings. */
  private static byte[] rows(BufferedImage image) {
    ByteBuffer rows = ByteBuffer.allocate(image.getHeight() * (1 + image.getWidth() * CHANNELS));
    for (int y = 0; y < image.getHeight(); y++) {
      rows.put((byte) 0);
      for (int x = 0; x < image.getWidth(); x++) {
        int rgb = image.getRGB(x, y);
        rows.put((byte) (rgb >> 16)).put((byte) (rgb >> 8)).put((byte) rgb);
      }
    }
    return rows.array();
  }

  private static byte[] deflated(byte[] rows) {
    try (Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION)) {
      deflater.setInput(rows);
      deflater.finish();
      byte[] out = new byte[rows.length + rows.length / 1000 + 64];
      int length = deflater.deflate(out);
      return Arrays.copyOf(out, length);
    }
  }

  private static void chunk(ByteBuffer png, String type, byte[] content) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 sum = new CRC32();
    sum.update(name);
    sum.update(content);
    png.putInt(content.length).put(name).put(content).putInt((int) sum.getValue());
  }
}
