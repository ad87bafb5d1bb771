package io.pidcheck.bot.cluster.kubelet;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.pidcheck.bot.cluster.kubelet.KubeletAccess.Via;
import io.pidcheck.bot.cluster.kubelet.KubeletAnswer.Lack;
import io.pidcheck.bot.cluster.kubelet.KubeletAnswer.NotTold;
import io.pidcheck.bot.cluster.kubelet.KubeletAnswer.Told;
import io.pidcheck.bot.cluster.kubelet.KubeletHttp.Body;
import io.pidcheck.bot.cluster.kubelet.KubeletHttp.Question;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;

/**
 * Asks kubelets for their own figures; they count always, and answering starts nothing on the node.
 * Rights: nodes/stats and nodes/metrics, get, and nodes/log for the log; through the API server
 * nodes/proxy, get.
 */
public final class Kubelets {

  private final KubeletAccess access;
  private final URI apiServer;
  private final KubeletHttp http;

  public Kubelets(KubernetesClient client, KubeletAccess access, Clock clock) {
    this.access = access;
    Config config = client.getConfiguration();
    String master = config.getMasterUrl();
    this.apiServer = URI.create(master.endsWith("/") ? master : master + "/");
    this.http =
        new KubeletHttp(
            access.via() == Via.PROXY
                ? Tls.toApiServer(config)
                : Tls.toKubelets(config, access.caFile()),
            new Credentials(config, clock),
            access);
  }

  /** How many tasks the node has, and may have. Current: counted for this answer. */
  public KubeletAnswer<NodeTasks> tasks(KubeletAddress kubelet) {
    return ask(kubelet, new Path("/stats/summary", "nodes/stats"), SummaryReading::read);
  }

  /** How many tasks each cgroup has, as last counted. */
  public KubeletAnswer<List<CgroupTasks>> cgroups(KubeletAddress kubelet) {
    return ask(kubelet, new Path("/metrics/cadvisor", "nodes/metrics"), CadvisorReading::read);
  }

  /**
   * A file of the node's log directory, which the kubelet gives out without its container runtime.
   *
   * @param file below /var/log
   */
  public KubeletAnswer<String> log(KubeletAddress kubelet, String file) {
    return ask(
        kubelet,
        new Path("/logs/" + file, "nodes/log"),
        body -> new Told<>(new String(body.readAllBytes(), StandardCharsets.UTF_8)));
  }

  /** Where on a kubelet, and the right for it when it is asked directly. */
  private record Path(String path, String right) {}

  private <T> KubeletAnswer<T> ask(KubeletAddress kubelet, Path path, Body<T> reader) {
    return switch (access.via()) {
      case OFF -> new NotTold<>(Lack.SWITCHED_OFF, "");
      case DIRECT ->
          kubelet.host().isEmpty()
              ? new NotTold<>(Lack.NO_ADDRESS, "")
              : http.get(
                  new Question(
                      URI.create("https://" + kubelet.authority() + path.path()), path.right()),
                  reader);
      case PROXY ->
          http.get(
              new Question(
                  apiServer.resolve("api/v1/nodes/" + kubelet.node() + "/proxy" + path.path()),
                  "nodes/proxy"),
              reader);
    };
  }
}
