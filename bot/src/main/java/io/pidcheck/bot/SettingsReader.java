package io.pidcheck.bot;

import io.pidcheck.bot.Settings.Acting;
import io.pidcheck.bot.Settings.ClusterAccess;
import io.pidcheck.bot.Settings.SlackAccess;
import io.pidcheck.bot.cluster.ProbePod;
import io.pidcheck.bot.cluster.Standbys;
import io.pidcheck.bot.cluster.kubelet.KubeletAccess;
import io.pidcheck.bot.cluster.kubelet.KubeletAccess.Via;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the settings: a YAML file, over it the environment. {@code probe.image} is also {@code
 * PIDCHECK_PROBE_IMAGE}; the two tokens are {@code SLACK_BOT_TOKEN} and {@code SLACK_APP_TOKEN}.
 */
public final class SettingsReader {

  private static final Pattern SECONDS = Pattern.compile("(\\d{1,6})(s|m|h)");
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final Pattern QUANTITY = Pattern.compile("\\d{1,9}(m|Ki|Mi|Gi)?");
  private static final Pattern COMMAND = Pattern.compile("/[a-z0-9_-]{1,31}");

  private static final int MOST_PORT = 65_535;

  private final List<String> mistakes = new ArrayList<>();
  private final SettingValues values = new SettingValues(mistakes);

  private SettingsReader() {}

  /**
   * Reads all settings.
   *
   * @param file YAML, if there is one
   * @throws SettingsException naming every mistake at once
   */
  public static Settings read(Optional<Path> file, Map<String, String> environment)
      throws SettingsException {
    SettingsReader reader = new SettingsReader();
    file.ifPresent(reader.values::readFile);
    reader.values.readEnvironment(environment);
    Settings settings = reader.settings();
    if (!reader.mistakes.isEmpty()) {
      throw new SettingsException(reader.mistakes);
    }
    return settings;
  }

  private Settings settings() {
    SlackAccess slack =
        new SlackAccess(
            token("slack.botToken", "xoxb-"),
            token("slack.appToken", "xapp-"),
            apiUrl(),
            matching("slack.command", COMMAND, "a slash and a word, as /pidcheck"));
    ClusterAccess kubernetes =
        new ClusterAccess(
            file("kubernetes.kubeconfig"),
            matching("kubernetes.namespace", LABEL, "a namespace's name (RFC 1123 label)"));
    ProbePod probe =
        new ProbePod(
            image(),
            duration("probe.deadline", Duration.ofSeconds(5), Duration.ofMinutes(10)),
            duration("probe.ttl", Duration.ofMinutes(1), Duration.ofDays(7)),
            matching("probe.serviceAccount", LABEL, "a ServiceAccount's name"),
            value("probe.priorityClass"),
            matching("probe.cpu", QUANTITY, "a quantity such as 250m"),
            matching("probe.memory", QUANTITY, "a quantity such as 96Mi"));
    Settings.Service service =
        new Settings.Service(
            duration("leader.lease", Duration.ofSeconds(2), Duration.ofMinutes(1)), port());
    return new Settings(
        slack,
        kubernetes,
        probe,
        standby(),
        kubelet(),
        number("probe.leastFreePids", 0, 100_000),
        duration("kubelet.pollEvery", Duration.ofSeconds(1), Duration.ofHours(1)),
        new WatchReader(values, mistakes).read(),
        service,
        language(),
        acting(probe));
  }

  private KubeletAccess kubelet() {
    Optional<Path> caFile = file("kubelet.caFile");
    caFile
        .filter(file -> !certificates(file))
        .ifPresent(file -> mistakes.add("kubelet.caFile: no certificates in PEM: " + file));
    return new KubeletAccess(
        via(),
        caFile,
        duration("kubelet.deadline", Duration.ofSeconds(1), Duration.ofSeconds(30)),
        (int) number("kubelet.connections", 1, 1000));
  }

  private static boolean certificates(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return !CertificateFactory.getInstance("X.509").generateCertificates(in).isEmpty();
    } catch (IOException | CertificateException e) {
      return false;
    }
  }

  private Via via() {
    return switch (value("kubelet.via")) {
      case "direct" -> Via.DIRECT;
      case "proxy" -> Via.PROXY;
      case "off" -> Via.OFF;
      case String other -> {
        mistakes.add("kubelet.via: must be direct, proxy or off: " + other);
        yield Via.OFF;
      }
    };
  }

  private long number(String key, long least, long most) {
    String value = value(key);
    if (value.matches("\\d{1,9}")) {
      long number = Long.parseLong(value);
      if (number >= least && number <= most) {
        return number;
      }
    }
    mistakes.add(key + ": must be a number from " + least + " to " + most + ": " + value);
    return least;
  }

  private Acting acting(ProbePod probe) {
    return new ActingSettings(values, mistakes, this::duration).read(probe);
  }

  private String value(String key) {
    return values.get(key);
  }

  // Never repeats the value: it is a secret, or was meant to be one.
  private String token(String key, String prefix) {
    String value = value(key);
    if (value.isEmpty()) {
      mistakes.add(
          key
              + ": missing; set "
              + SettingValues.variable(key)
              + " to the token that begins with "
              + prefix);
    } else if (!value.startsWith(prefix)) {
      mistakes.add(key + ": must begin with " + prefix);
    }
    return value;
  }

  private Standbys.Use standby() {
    String use = value("probe.standby");
    if (!use.equals("auto") && !use.equals("off")) {
      mistakes.add("probe.standby: must be auto or off: " + use);
    }
    return new Standbys.Use(
        use.equals("auto"),
        duration("probe.standbyAnswers", Duration.ofSeconds(2), Duration.ofMinutes(1)));
  }

  private Optional<URI> apiUrl() {
    String value = value("slack.apiUrl");
    if (value.isEmpty()) {
      return Optional.empty();
    }
    try {
      URI uri = URI.create(value.endsWith("/") ? value : value + "/");
      if (uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
        return Optional.of(uri);
      }
    } catch (IllegalArgumentException notAUri) {
      // said below
    }
    mistakes.add("slack.apiUrl: not an http address: " + value);
    return Optional.empty();
  }

  private Optional<Path> file(String key) {
    String value = value(key);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    Path path = Path.of(value);
    if (!Files.isReadable(path)) {
      mistakes.add(key + ": cannot be read: " + path);
    }
    return Optional.of(path);
  }

  private String image() {
    String image = value("probe.image");
    String last = image.substring(image.lastIndexOf('/') + 1);
    if (image.contains("@sha256:") || (last.contains(":") && !last.endsWith(":latest"))) {
      return image;
    }
    mistakes.add(
        "probe.image: must have a version tag or a digest (never :latest, which is pulled anew on a"
            + " sick node): "
            + image);
    return image;
  }

  private Optional<Integer> port() {
    String value = value("http.port");
    if (value.matches("\\d{1,5}") && Integer.parseInt(value) <= MOST_PORT) {
      return Optional.of(Integer.valueOf(value));
    }
    if (!value.isEmpty()) {
      mistakes.add("http.port: must be a port's number, 0 for any that is free: " + value);
    }
    return Optional.empty();
  }

  private Duration duration(String key, Duration least, Duration most) {
    String value = value(key);
    var match = SECONDS.matcher(value);
    try {
      if (match.matches()) {
        Duration duration =
            Duration.parse("PT" + match.group(1) + match.group(2).toUpperCase(Locale.ROOT));
        if (duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0) {
          return duration;
        }
      }
    } catch (DateTimeParseException notADuration) {
      // said below
    }
    mistakes.add(
        key
            + ": must be a time such as 60s, 10m or 1h, from "
            + least
            + " to "
            + most
            + ": "
            + value);
    return least;
  }

  private String matching(String key, Pattern pattern, String right) {
    String value = value(key);
    if (!pattern.matcher(value).matches()) {
      mistakes.add(key + ": must be " + right + ": " + value);
    }
    return value;
  }

  private Locale language() {
    String value = value("language");
    if (!value.equals("en") && !value.equals("zh")) {
      mistakes.add("language: must be en or zh: " + value);
    }
    return Locale.forLanguageTag(value);
  }
}
