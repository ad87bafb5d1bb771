package io.pidcheck.probe.standby;

import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * The API server, by a socket of the one thread that there is: java.net.http starts threads of its
 * own, and on a node without free PIDs none can be started.
 *
 * @param address https, or http to this very machine
 * @param token the file with the ServiceAccount's token, read for each connection: it changes
 * @param authority the file with the certificates, in PEM, that the server's must come from
 */
record Server(URI address, Path token, Path authority) {

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final int HTTPS = 443;
  private static final int HTTP = 80;
  private static final int MOST_TOKEN_BYTES = 65_536;

  /**
   * Asks, and gives the answer as it comes.
   *
   * @param path with its query
   * @param silence how long nothing may come before it is taken for broken
   * @throws IOException when it cannot be reached, is not who it says, or breaks off
   */
  Reply get(String path, Duration silence) throws IOException {
    Socket socket = connect();
    try {
      socket.setSoTimeout((int) silence.toMillis());
      String request =
          "GET "
              + path
              + " HTTP/1.1\r\nHost: "
              + address.getRawAuthority()
              + "\r\nAuthorization: Bearer "
              + bearer()
              + "\r\nAccept: application/json\r\nUser-Agent: pidcheck-standby\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return Reply.of(socket, new BufferedInputStream(socket.getInputStream()));
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private Socket connect() throws IOException {
    boolean tls = "https".equals(address.getScheme());
    String host = address.getHost().replaceAll("[\\[\\]]", "");
    InetAddress to = InetAddress.getByName(host);
    if (!tls && !to.isLoopbackAddress()) {
      throw new IOException("not without TLS: the token would be readable on its way");
    }
    int port = address.getPort() > 0 ? address.getPort() : tls ? HTTPS : HTTP;
    Socket plain = new Socket();
    try {
      plain.connect(new InetSocketAddress(to, port), (int) CONNECT.toMillis());
      plain.setKeepAlive(true);
      return tls ? secured(plain, host, port) : plain;
    } catch (IOException e) {
      plain.close();
      throw e;
    }
  }

  private SSLSocket secured(Socket plain, String host, int port) throws IOException {
    plain.setSoTimeout((int) CONNECT.toMillis());
    SSLSocket socket =
        (SSLSocket) context().getSocketFactory().createSocket(plain, host, port, true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS"); // or any certificate of the CA would do
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private SSLContext context() throws IOException {
    try (InputStream pem = new FileInputStream(authority.toFile())) {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      int number = 0;
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        trusted.setCertificateEntry("ca-" + number++, one);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("the certificates in " + authority + " cannot be used", e);
    }
  }

  private String bearer() throws IOException {
    String read = Files.readString(token, StandardCharsets.US_ASCII).strip();
    boolean oneLine = !read.isEmpty() && read.length() <= MOST_TOKEN_BYTES;
    for (int i = 0; oneLine && i < read.length(); i++) {
      oneLine = read.charAt(i) > ' ' && read.charAt(i) < 0x7F;
    }
    if (!oneLine) {
      throw new IOException("there is no token in " + token);
    }
    return read;
  }
}
