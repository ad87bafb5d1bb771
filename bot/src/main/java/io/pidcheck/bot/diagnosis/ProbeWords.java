package io.pidcheck.bot.diagnosis;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the kubelet says about a probe. {@code failed} counts towards the threshold; {@code errored}
 * means that there was no answer at all, and the kubelet throws that away (kubelet: prober.go).
 *
 * @param timedOut newer kubelets count an exec probe that timed out, whatever the verb
 */
public record ProbeWords(Probe probe, Verb verb, boolean timedOut) {

  private static final Pattern WORDS =
      Pattern.compile("(liveness|readiness|startup) probe (failed|errored|warning)");
  private static final List<String> TIMED_OUT =
      List.of("timed out", "timeout", "deadlineexceeded", "deadline exceeded");
  private static final Pattern WILL_RESTART =
      Pattern.compile("failed (liveness|startup) probe, will be (?:restarted|killed)");

  private static final int LONGEST_NAME = "readiness".length();

  /** Which probe. */
  public enum Probe {
    LIVENESS,
    READINESS,
    STARTUP
  }

  /** What became of it. */
  public enum Verb {
    FAILED,
    ERRORED,
    WARNING
  }

  public static Optional<ProbeWords> in(String message) {
    String text = message.toLowerCase(Locale.ROOT);
    int at = text.indexOf(" probe "); // in few events: looked for at a tenth of the pattern's cost
    Matcher words = WORDS.matcher(text);
    if (at < 0 || !words.find(Math.max(0, at - LONGEST_NAME))) {
      return Optional.empty();
    }
    return Optional.of(
        new ProbeWords(
            Probe.valueOf(words.group(1).toUpperCase(Locale.ROOT)),
            Verb.valueOf(words.group(2).toUpperCase(Locale.ROOT)),
            TIMED_OUT.stream().anyMatch(text::contains)));
  }

  /** The kubelet's decision: the threshold was reached. */
  static boolean announcesRestart(String message) {
    return message.contains(" probe, will be ")
        && WILL_RESTART.matcher(message.toLowerCase(Locale.ROOT)).find();
  }

  boolean is(Probe which, Verb what) {
    return probe == which && verb == what;
  }
}
