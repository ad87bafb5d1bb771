package io.pidcheck.bot.cluster.kubelet;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLSocketFactory;

/**
 * Remembers the sockets of one request, to close them whatever became of it: HttpsURLConnection
 * leaves one open whose handshake was cut short, until it is garbage.
 */
final class OneSocket extends SSLSocketFactory implements AutoCloseable {

  private final SSLSocketFactory factory;
  private final Queue<Socket> made = new ConcurrentLinkedQueue<>();

  OneSocket(SSLSocketFactory factory) {
    this.factory = factory;
  }

  @Override
  public Socket createSocket() throws IOException {
    return remembered(factory.createSocket());
  }

  @Override
  public Socket createSocket(Socket over, String host, int port, boolean autoClose)
      throws IOException {
    made.add(over);
    return remembered(factory.createSocket(over, host, port, autoClose));
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return remembered(factory.createSocket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort)
      throws IOException {
    return remembered(factory.createSocket(host, port, from, fromPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return remembered(factory.createSocket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
      throws IOException {
    return remembered(factory.createSocket(host, port, from, fromPort));
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return factory.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return factory.getSupportedCipherSuites();
  }

  private Socket remembered(Socket socket) {
    made.add(socket);
    return socket;
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : made) {
      socket.close();
    }
  }
}
