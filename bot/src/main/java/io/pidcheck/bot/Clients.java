package io.pidcheck.bot;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.pidcheck.bot.cluster.Dates;
import io.pidcheck.bot.cluster.ServerClock;
import java.time.Duration;

/** The two SDKs' clients, as the settings want them. */
final class Clients {

  private static final int KUBERNETES_TIMEOUT_MILLIS = 10_000;
  private static final int KUBERNETES_RETRIES = 1;

  private Clients() {}

  /**
   * @param server set by what the API server answers
   */
  static KubernetesClient kubernetes(Settings.ClusterAccess access, ServerClock server) {
    Config found =
        access
            .kubeconfig()
            .map(path -> Config.fromKubeconfig(path.toFile()))
            .orElseGet(() -> new ConfigBuilder().build());
    Config config =
        new ConfigBuilder(found)
            .withRequestTimeout(KUBERNETES_TIMEOUT_MILLIS)
            .withConnectionTimeout(KUBERNETES_TIMEOUT_MILLIS)
            .withRequestRetryBackoffLimit(KUBERNETES_RETRIES) // by default it takes 20 s to fail
            .build();
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withHttpClientBuilderConsumer(
            http -> http.addOrReplaceInterceptor("dates", new Dates(server)))
        .build();
  }

  /**
   * @param callTakes at most, for one call from its first byte to its last
   */
  static Slack slack(Settings.SlackAccess access, Duration callTakes) {
    SlackConfig config = new SlackConfig();
    access
        .apiUrl()
        .ifPresent(
            url -> {
              config.setMethodsEndpointUrlPrefix(url.toString());
              config.setProxyUrl(null); // the SDK takes HTTP(S)_PROXY and knows no NO_PROXY
            });
    config.setStatsEnabled(false);
    config.setHttpClientCallTimeoutMillis((int) callTakes.toMillis());
    return Slack.getInstance(config);
  }
}
