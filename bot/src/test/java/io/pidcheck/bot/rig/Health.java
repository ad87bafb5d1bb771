package io.pidcheck.bot.rig;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** What a bot says of itself to whoever looks after it; see http.port. */
public final class Health {

  private final HttpClient http = HttpClient.newHttpClient();
  private final int port;

  private Health(int port) {
    this.port = port;
  }

  public static Health at(int port) {
    return new Health(port);
  }

  public boolean ready() {
    return get("/readyz").statusCode() == 200;
  }

  /** A line for each thing. */
  public String lacks() {
    return get("/readyz").body();
  }

  public boolean leads() {
    return get("/metrics").body().contains("pidcheck_leader 1.0");
  }

  /** How many messages and lines are not told yet. */
  public boolean waitsFor(int messages) {
    return get("/metrics").body().contains("pidcheck_announcements_waiting " + messages + ".0\n");
  }

  private HttpResponse<String> get(String path) {
    try {
      return http.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
          BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException("it does not listen", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
