package io.pidcheck.probe;

import io.pidcheck.probe.standby.Standby;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * {@code standby [--acts] [--node-log=DIR] [--proc=/proc] [--cgroup=/sys/fs/cgroup] [--node=NAME]
 * [--namespace=NS] [--server=URL] [--token=FILE] [--authority=FILE]}; what is left out is as a pod
 * has it.
 */
final class StandbyOptions {

  private static final String ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount/";

  private Path proc = Path.of("/proc");
  private Path cgroup = Path.of("/sys/fs/cgroup");
  private Path token = Path.of(ACCOUNT + "token");
  private Path authority = Path.of(ACCOUNT + "ca.crt");
  private boolean acts;
  private Optional<Path> nodeLog = Optional.empty();
  private String node;
  private String namespace;
  private String server;

  private StandbyOptions(Map<String, String> environment) {
    node = environment.getOrDefault("NODE_NAME", "");
    namespace = environment.getOrDefault("POD_NAMESPACE", "");
    String host = environment.getOrDefault("KUBERNETES_SERVICE_HOST", "");
    String authority = host.indexOf(':') < 0 ? host : "[" + host + "]"; // IPv6
    server =
        "https://" + authority + ":" + environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
  }

  static Arguments parse(String[] args, Map<String, String> environment) {
    StandbyOptions options = new StandbyOptions(environment);
    try {
      for (int i = 1; i < args.length; i++) {
        options.take(Option.of(args[i]));
      }
      return options.standby();
    } catch (Option.Wrong e) {
      return new Arguments.Refused("standby: " + e.why());
    }
  }

  private void take(Option option) throws Option.Wrong {
    switch (option.name()) {
      case "--acts" -> acts = option.flag();
      case "--node-log" -> nodeLog = Optional.of(option.path());
      case "--proc" -> proc = option.path();
      case "--cgroup" -> cgroup = option.path();
      case "--token" -> token = option.path();
      case "--authority" -> authority = option.path();
      case "--node" -> node = option.text();
      case "--namespace" -> namespace = option.text();
      case "--server" -> server = option.text();
      default -> throw new Option.Wrong("unknown argument");
    }
  }

  private Arguments standby() throws Option.Wrong {
    Option.require(!node.isEmpty(), "--node is needed");
    Option.require(!namespace.isEmpty(), "--namespace is needed");
    return new Arguments.Standby(
        node,
        new Standby.Source(address(), token, authority, namespace),
        proc,
        cgroup,
        acts,
        nodeLog);
  }

  private URI address() throws Option.Wrong {
    try {
      URI address = new URI(server);
      boolean web = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
      Option.require(web && address.getHost() != null, "--server must be the API server's address");
      return address;
    } catch (URISyntaxException e) {
      throw new Option.Wrong("--server must be the API server's address");
    }
  }
}
