package io.pidcheck.bot.cluster.kubelet;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body that must not be longer than we want to read, nor shorter than it says it is. */
final class LimitedBody extends FilterInputStream {

  // Some 100 kB a pod, 250 pods at the very most, is what a real one can have.
  private static final long MOST_BYTES = 24L << 20;

  /** More than anybody wants to read. */
  static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1L;

    TooLarge() {
      super((MOST_BYTES >> 20) + " MiB");
    }
  }

  private final long announced;
  private long read;

  /**
   * @param announced the Content-Length; negative for none
   */
  LimitedBody(InputStream body, long announced) {
    super(body);
    this.announced = announced;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int from, int most) throws IOException {
    int n = in.read(buffer, from, most);
    if (n < 0) {
      if (read < announced) {
        throw new IOException(read + " of " + announced + " bytes");
      }
      return n;
    }
    read += n;
    if (read > MOST_BYTES) {
      throw new TooLarge();
    }
    return n;
  }
}
