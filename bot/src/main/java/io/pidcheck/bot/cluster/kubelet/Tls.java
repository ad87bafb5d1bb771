package io.pidcheck.bot.cluster.kubelet;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import io.pidcheck.bot.cluster.ClusterException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Whom we trust, and who we are. A kubelet is always verified, also where the kubeconfig says
 * insecure-skip-tls-verify: it gets the bot's token.
 */
final class Tls {

  // Half a handshake saved at the next poll, where a session of each node of a big cluster fits:
  // of fewer, none would last a round. The JDK would keep 20,480.
  private static final int SESSIONS = 6_000;

  private Tls() {}

  /** Checks kubelets against that file, else against the cluster's CA, else the JDK's. */
  static SSLContext toKubelets(Config config, Optional<Path> caFile) {
    String data = caFile.isPresent() ? null : config.getCaCertData();
    String file = caFile.map(Path::toString).orElse(config.getCaCertFile());
    try {
      SSLContext context =
          SSLUtils.sslContext(
              SSLUtils.keyManagers(config), SSLUtils.trustManagers(data, file, false, null, null));
      context.getClientSessionContext().setSessionCacheSize(SESSIONS);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new ClusterException("reading the CA of the kubelets", e);
    }
  }

  /** As the kubeconfig has it. */
  static SSLContext toApiServer(Config config) {
    try {
      return SSLUtils.sslContext(config);
    } catch (GeneralSecurityException | IOException e) {
      throw new ClusterException("reading the CA of the API server", e);
    }
  }
}
