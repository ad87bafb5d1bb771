package io.pidcheck.bot;

import io.pidcheck.bot.cluster.ProbePod;
import io.pidcheck.bot.cluster.RemedyPod;
import io.pidcheck.bot.cluster.Standbys;
import io.pidcheck.bot.cluster.kubelet.KubeletAccess;
import io.pidcheck.bot.remedy.Rights;
import io.pidcheck.bot.remedy.Rules;
import io.pidcheck.bot.watch.WatchSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * All settings, validated: {@link SettingsReader} makes them from YAML and the environment.
 *
 * @param leastFreePids below which no probe is started without being told to
 * @param pollEvery every node's kubelet is asked once in this time
 * @param language for people whose Slack locale is not known
 */
public record Settings(
    SlackAccess slack,
    ClusterAccess kubernetes,
    ProbePod probe,
    Standbys.Use standby,
    KubeletAccess kubelet,
    long leastFreePids,
    Duration pollEvery,
    WatchSettings watch,
    Service service,
    Locale language,
    Acting acting) {

  /**
   * Who may act, and how it is done.
   *
   * @param pod of the program that acts
   */
  public record Acting(Rights rights, Rules rules, RemedyPod pod) {}

  /**
   * The bot as one of several replicas.
   *
   * @param lease a leader that is not heard of for so long is replaced
   * @param port for /healthz, /readyz, /metrics; 0 for any that is free, empty for none
   */
  public record Service(Duration lease, Optional<Integer> port) {}

  /**
   * How to reach Slack.
   *
   * @param botToken xoxb-...
   * @param appToken xapp-..., with connections:write
   * @param apiUrl the Web API's address with a slash at its end; empty for Slack itself
   * @param command the slash command as the app's manifest has it
   */
  public record SlackAccess(
      String botToken, String appToken, Optional<URI> apiUrl, String command) {

    /** Without the tokens: settings get printed. */
    @Override
    public String toString() {
      return "SlackAccess[apiUrl=" + apiUrl + ", command=" + command + "]";
    }
  }

  /**
   * How to reach Kubernetes.
   *
   * @param kubeconfig empty for the ServiceAccount's own access
   * @param namespace where the Jobs go
   */
  public record ClusterAccess(Optional<Path> kubeconfig, String namespace) {}
}
