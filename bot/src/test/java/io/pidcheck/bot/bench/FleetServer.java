package io.pidcheck.bot.bench;

import io.pidcheck.bot.local.cluster.tls.Authority;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.StringJoiner;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/**
 * Very many kubelets in one process: a port each, a latency, a body as of a node of 110 pods, and
 * some that take a request and never answer. Writes its CA and its ports to files that it names.
 */
final class FleetServer {

  private static final int PODS = 110;
  private static final long LATENCY_MILLIS = 20;
  private static final byte[] BODY = body();

  private FleetServer() {}

  public static void main(String[] arguments)
      throws IOException, GeneralSecurityException, InterruptedException {
    int kubelets = Integer.parseInt(arguments[0]);
    int hangingPercent = Integer.parseInt(arguments[1]);
    Authority authority = Authority.create("fleet");
    SSLContext tls = SSLContext.getInstance("TLS");
    InetAddress loopback = InetAddress.getLoopbackAddress();
    tls.init(authority.server("node", loopback).getKeyManagers(), null, null);
    StringJoiner ports = new StringJoiner(" ");
    for (int i = 0; i < kubelets; i++) {
      SSLServerSocket server =
          (SSLServerSocket) tls.getServerSocketFactory().createServerSocket(0, 50, loopback);
      boolean hangs = i % 100 < hangingPercent;
      ports.add(Integer.toString(server.getLocalPort()));
      Thread.ofVirtual().start(() -> serve(server, hangs));
    }
    Path ca = Files.writeString(Files.createTempFile("fleet-", ".pem"), authority.pem());
    System.out.println(ca);
    System.out.println(ports);
    System.out.flush();
    new CountDownLatch(1).await();
  }

  private static void serve(SSLServerSocket server, boolean hangs) {
    while (true) {
      try {
        SSLSocket socket = (SSLSocket) server.accept();
        Thread.ofVirtual().start(() -> answer(socket, hangs));
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void answer(SSLSocket socket, boolean hangs) {
    try (socket;
        OutputStream out = new BufferedOutputStream(socket.getOutputStream())) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      String line = in.readLine();
      while (line != null && !line.isEmpty()) {
        line = in.readLine();
      }
      if (hangs) {
        in.readLine(); // until the other end has had enough
        return;
      }
      Thread.sleep(LATENCY_MILLIS);
      String head = "HTTP/1.1 200 OK\r\nContent-Length: " + BODY.length + "\r\n\r\n";
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      out.write(BODY);
    } catch (IOException | InterruptedException e) {
      // the other end read what it wanted
    }
  }

  private static byte[] body() {
    StringBuilder body =
        new StringBuilder(
            "{\"node\":{\"nodeName\":\"n\",\"cpu\":{\"usageNanoCores\":1},"
                + "\"rlimit\":{\"time\":\"2026-11-24T14:58:32Z\",\"maxpid\":32768,\"curproc\":2100}},"
                + "\"pods\":[");
    for (int pod = 0; pod < PODS; pod++) {
      body.append(pod == 0 ? "" : ",").append("{\"podRef\":{\"name\":\"pod-").append(pod);
      body.append("\"},\"containers\":[{\"name\":\"c\",\"cpu\":{\"usageNanoCores\":123456},");
      body.append("\"memory\":{\"workingSetBytes\":1234567},\"rootfs\":{\"usedBytes\":12345},");
      body.append("\"logs\":{\"usedBytes\":1234}}],\"note\":\"").append("x".repeat(1200));
      body.append("\"}");
    }
    return body.append("]}").toString().getBytes(StandardCharsets.UTF_8);
  }
}
