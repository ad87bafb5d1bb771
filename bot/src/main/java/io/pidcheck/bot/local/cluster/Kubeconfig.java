package io.pidcheck.bot.local.cluster;

import io.fabric8.kubernetes.api.model.ConfigBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;

/**
 * What a client needs to reach the cluster, as a kubeconfig file says it.
 *
 * @param authority the cluster's CA in PEM: it signs the kubelet, as the server speaks plain HTTP
 */
record Kubeconfig(String server, String token, String namespace, String authority) {
  private static final String NAME = "pidcheck-local";

  /** Writes it for the owner's eyes only (mode 0600). */
  Path write(Path directory) throws IOException {
    Path file =
        Files.createFile(
            directory.resolve("kubeconfig"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(file, asYaml());
  }

  private String asYaml() {
    return Serialization.asYaml(
        new ConfigBuilder()
            .withApiVersion("v1")
            .withKind("Config")
            .addNewCluster()
            .withName(NAME)
            .withNewCluster()
            .withServer(server)
            .withCertificateAuthorityData(base64(authority))
            .endCluster()
            .endCluster()
            .addNewUser()
            .withName(NAME)
            .withNewUser()
            .withToken(token)
            .endUser()
            .endUser()
            .addNewContext()
            .withName(NAME)
            .withNewContext()
            .withCluster(NAME)
            .withUser(NAME)
            .withNamespace(namespace)
            .endContext()
            .endContext()
            .withCurrentContext(NAME)
            .build());
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
