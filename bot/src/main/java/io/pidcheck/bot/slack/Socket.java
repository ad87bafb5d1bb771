package io.pidcheck.bot.slack;

import com.slack.api.bolt.App;
import com.slack.api.bolt.socket_mode.SocketModeApp;
import com.slack.api.socket_mode.SocketModeClient;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Socket Mode connection. The SDK keeps a connection that was once made; making the first one,
 * however long Slack is away, is done here.
 */
public final class Socket implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Socket.class);
  // The SDK handles one payload at a time unless told otherwise.
  private static final int PAYLOADS_AT_ONCE = 10;
  private static final Duration RETRY = Duration.ofSeconds(2);

  private final SocketModeApp app;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("socket").factory());
  private final CompletableFuture<Void> connected = new CompletableFuture<>();

  private Socket(SocketModeApp app) {
    this.app = app;
  }

  /** Connects, in the background and until it works. */
  public static Socket open(App bolt, String appToken) throws IOException {
    Socket socket =
        new Socket(
            new SocketModeApp(appToken, bolt, SocketModeClient.Backend.Tyrus, PAYLOADS_AT_ONCE));
    socket.timer.execute(socket::connect);
    return socket;
  }

  /** Done when Slack's payloads can reach the bot for the first time. */
  public CompletableFuture<Void> connected() {
    return connected.copy();
  }

  /** Slack's payloads can reach the bot now. */
  public boolean alive() {
    return connected.isDone() && app.getClient() != null && app.getClient().verifyConnection();
  }

  private void connect() {
    try {
      app.startAsync();
      if (app.getClient() != null && app.getClient().verifyConnection()) {
        connected.complete(null);
      }
    } catch (Exception e) { // SocketModeApp.start declares it
      LOG.atWarn().log("Slack does not take the connection: {}", e.getMessage());
    }
    if (connected.isDone()) {
      LOG.atInfo().log("connected to Slack");
    } else {
      ScheduledFuture<?> _ = timer.schedule(this::connect, RETRY.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    try {
      app.close();
    } catch (Exception e) { // SocketModeApp.close declares it
      LOG.atWarn().log("closing the Slack connection: {}", e.getMessage());
    }
  }
}
