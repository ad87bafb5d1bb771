package io.pidcheck.probe.proc;

import io.pidcheck.probe.text.Printable;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Reads the small files that the kernel makes up, one after the other, each into the same buffer. A
 * file is read once; what it says is the buffer's content until the next one is read.
 */
public final class KernelFile {

  /** How reading ended. */
  public enum Outcome {
    READ(""),
    /** Never there, or gone meanwhile, as processes go. */
    GONE("no such file"),
    DENIED("permission denied"),
    FAILED("cannot be read");

    private final String why;

    Outcome(String why) {
      this.why = why;
    }

    /** In words for the report. */
    public String why() {
      return why;
    }
  }

  /** What the JDK reads without allocating a buffer of its own first. */
  private static final int CHUNK = 8192;

  /**
   * Linux: fs/seq_file.c hands out what is less than a page at once; no need to ask for the end.
   */
  private static final int IN_ONE_PIECE = 2048;

  private final byte[] buffer;
  private int length;

  /**
   * @param capacity bytes that are kept of a file; what follows is not read
   */
  public KernelFile(int capacity) {
    buffer = new byte[capacity];
  }

  public Outcome read(String path) {
    length = 0;
    try (FileInputStream in = new FileInputStream(path)) {
      int n = in.read(buffer, 0, Math.min(CHUNK, buffer.length));
      while (n > 0) {
        length += n;
        boolean whole = length < IN_ONE_PIECE || length == buffer.length;
        n = whole ? 0 : in.read(buffer, length, Math.min(CHUNK, buffer.length - length));
      }
      return Outcome.READ;
    } catch (FileNotFoundException e) {
      return whyNot(path);
    } catch (IOException e) {
      return ofRead(e);
    }
  }

  /** The bytes of the file that was read last: valid up to {@link #length()}. */
  public byte[] bytes() {
    return buffer;
  }

  public int length() {
    return length;
  }

  /** Whether the file filled the buffer, so that there may be more of it. */
  public boolean full() {
    return length == buffer.length;
  }

  /** The first line. */
  public String line() {
    int end = 0;
    while (end < length && buffer[end] != '\n') {
      end++;
    }
    return Printable.of(buffer, 0, end);
  }

  // FileInputStream is the fastest way in, but says why not in words of the C library's locale only
  private static Outcome whyNot(String path) {
    try {
      Files.newInputStream(Path.of(path)).close();
      return Outcome.FAILED;
    } catch (NoSuchFileException e) {
      return Outcome.GONE;
    } catch (AccessDeniedException e) {
      return Outcome.DENIED;
    } catch (IOException e) {
      return ofOpen(e);
    }
  }

  // proc(5): ESRCH where the process ended after its directory was found; ENOTDIR as well
  private static Outcome ofOpen(IOException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("No such process") || message.contains("Not a directory")
        ? Outcome.GONE
        : Outcome.FAILED;
  }

  private static Outcome ofRead(IOException e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("No such process") || message.contains("No such device")) {
      return Outcome.GONE;
    }
    return message.contains("ermi") ? Outcome.DENIED : Outcome.FAILED;
  }
}
