package io.pidcheck.probe.standby;

import java.util.List;

/** What the program can do, by its command line. */
public interface Work {

  /** What became of it. */
  sealed interface Outcome {

    /**
     * @param json in one line
     */
    @SuppressWarnings("ArrayRecordComponent") // written once, and never compared
    record Done(byte[] json) implements Outcome {}

    /** Nothing was done. */
    record Refused(String why) implements Outcome {}

    /** It may have been done in part. */
    record Failed(String why) implements Outcome {}
  }

  /** Whether it only looks: to look twice is harmless. */
  boolean looks(List<String> arguments);

  Outcome outcome(List<String> arguments);
}
