package io.pidcheck.bot;

import io.pidcheck.bot.Settings.Acting;
import io.pidcheck.bot.cluster.ProbePod;
import io.pidcheck.bot.cluster.RemedyPod;
import io.pidcheck.bot.remedy.Names;
import io.pidcheck.bot.remedy.Rights;
import io.pidcheck.bot.remedy.Rules;
import io.pidcheck.bot.remedy.Rules.Kind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads {@code rights.*}, {@code approval.*} and {@code remedy.*}. */
final class ActingSettings {

  private static final Pattern SEPARATOR = Pattern.compile("[,\\s]+");
  private static final Pattern USER = Pattern.compile("[UW][A-Z0-9]{2,}");
  private static final Pattern GROUP = Pattern.compile("S[A-Z0-9]{2,}");
  // what a program on the node takes as a name: proc(5), comm has 15 characters
  private static final Pattern COMM = Pattern.compile("[\\w.:@/-]{1,15}");
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  /** Reads a time within bounds. */
  interface Durations {
    Duration read(String key, Duration least, Duration most);
  }

  private final SettingValues values;
  private final List<String> mistakes;
  private final Durations durations;

  ActingSettings(SettingValues values, List<String> mistakes, Durations durations) {
    this.values = values;
    this.mistakes = mistakes;
    this.durations = durations;
  }

  Acting read(ProbePod probe) {
    Set<String> protect = protect();
    Duration maxAge = time("remedy.evidenceMaxAge", Duration.ofSeconds(1), Duration.ofHours(1));
    if (maxAge.compareTo(probe.ttl()) > 0) {
      mistakes.add("remedy.evidenceMaxAge: must not be more than probe.ttl: " + maxAge);
    }
    Rules rules =
        new Rules(
            second(),
            time("approval.expiry", Duration.ofSeconds(1), Duration.ofHours(1)),
            maxAge,
            flag("remedy.dryRun"),
            protect,
            time("remedy.calicoWait", Duration.ofSeconds(5), Duration.ofMinutes(30)),
            time("remedy.lookAgain", Duration.ofSeconds(5), Duration.ofMinutes(30)));
    RemedyPod pod =
        new RemedyPod(
            probe,
            serviceAccount(),
            time("remedy.deadline", Duration.ofSeconds(15), Duration.ofMinutes(10)),
            time("remedy.grace", Duration.ofSeconds(1), Duration.ofMinutes(5)),
            List.copyOf(protect));
    return new Acting(rights(), rules, pod);
  }

  private Rights rights() {
    Map<String, Names> actIn = new HashMap<>();
    values
        .below(SettingValues.RIGHTS_IN)
        .forEach(
            (namespace, value) -> {
              String key = SettingValues.RIGHTS_IN + namespace;
              if (!LABEL.matcher(namespace).matches()) {
                mistakes.add(key + ": " + namespace + " is not a namespace's name");
              }
              actIn.put(namespace, names(key, value));
            });
    return new Rights(
        names("rights.look", values.get("rights.look")),
        names("rights.act", values.get("rights.act")),
        actIn);
  }

  private Names names(String key, String value) {
    List<String> words = words(value);
    if (words.contains("*") && words.size() > 1) {
      mistakes.add(key + ": * means everyone and must stand alone: " + value);
    }
    words.stream()
        .filter(word -> !word.equals("*") && !matches(USER, word) && !matches(GROUP, word))
        .forEach(
            word ->
                mistakes.add(
                    key + ": must be Slack user ids (U...), user group ids (S...) or *: " + word));
    return words.equals(List.of("*"))
        ? Names.EVERYONE
        : new Names(
            false,
            words.stream().filter(word -> matches(USER, word)).collect(Collectors.toSet()),
            words.stream().filter(word -> matches(GROUP, word)).collect(Collectors.toSet()));
  }

  private Set<Kind> second() {
    Set<Kind> second = EnumSet.noneOf(Kind.class);
    Map.of(
            "approval.kill", Kind.KILL,
            "approval.pidMax", Kind.PID_MAX,
            "approval.deletePod", Kind.DELETE_POD)
        .forEach(
            (key, kind) -> {
              switch (values.get(key)) {
                case "none" -> {}
                case "second" -> second.add(kind);
                default -> mistakes.add(key + ": must be none or second: " + values.get(key));
              }
            });
    return second;
  }

  private Set<String> protect() {
    Set<String> names = Set.copyOf(words(values.get("remedy.protect")));
    names.stream()
        .filter(name -> !matches(COMM, name))
        .forEach(
            name ->
                mistakes.add(
                    "remedy.protect: must be names of processes, of 15 characters at most: "
                        + name));
    return names;
  }

  private String serviceAccount() {
    String name = values.get("remedy.serviceAccount");
    if (!matches(LABEL, name)) {
      mistakes.add("remedy.serviceAccount: must be a ServiceAccount's name: " + name);
    }
    return name;
  }

  private boolean flag(String key) {
    String value = values.get(key);
    if (!value.equals("true") && !value.equals("false")) {
      mistakes.add(key + ": must be true or false: " + value);
    }
    return !value.equals("false"); // in doubt nothing is done
  }

  private Duration time(String key, Duration least, Duration most) {
    return durations.read(key, least, most);
  }

  private static List<String> words(String value) {
    return SEPARATOR.splitAsStream(value).filter(word -> !word.isEmpty()).distinct().toList();
  }

  private static boolean matches(Pattern pattern, String word) {
    return pattern.matcher(word).matches();
  }
}
