package io.pidcheck.bot.rig;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.WebSocketBase;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * An address of this machine that pods reach, and behind it what listens on the loopback alone: an
 * API server and the local workspace.
 */
public final class PodGateway implements AutoCloseable {

  private static final int MAX_BYTES = 8 << 20;
  private static final int BAD_GATEWAY = 502;
  private static final Set<String> OF_ONE_LEG = // or said anew for the other one
      Set.of("host", "origin", "content-length", "connection", "transfer-encoding");

  private final Vertx vertx = Vertx.vertx();
  private final String address;

  public PodGateway(String address) {
    this.address = address;
  }

  /** Bytes as they come, to a server whose certificate is none of our business. */
  public PodGateway passes(URI server) {
    NetClient client = vertx.createNetClient();
    vertx
        .createNetServer()
        .connectHandler(
            here -> {
              here.pause();
              client
                  .connect(server.getPort(), server.getHost())
                  .onSuccess(there -> join(here, there))
                  .onFailure(e -> here.close());
            })
        .listen(server.getPort(), address)
        .await();
    return this;
  }

  private static void join(NetSocket here, NetSocket there) {
    here.pipeTo(there);
    there.pipeTo(here);
  }

  /** A workspace, which answers only to its own address: each is called by it, and calls here. */
  public PodGateway answersFor(URI workspace) {
    Door door =
        new Door(
            vertx.createHttpClient(),
            vertx.createWebSocketClient(
                new WebSocketClientOptions()
                    .setMaxFrameSize(MAX_BYTES)
                    .setMaxMessageSize(MAX_BYTES)),
            workspace,
            address + ":" + workspace.getPort());
    vertx
        .createHttpServer(
            new HttpServerOptions()
                .setMaxWebSocketFrameSize(MAX_BYTES)
                .setMaxWebSocketMessageSize(MAX_BYTES))
        .requestHandler(door::enter)
        .listen(workspace.getPort(), address)
        .await();
    return this;
  }

  private record Door(HttpClient http, WebSocketClient sockets, URI workspace, String here) {

    void enter(HttpServerRequest request) {
      Future<?> passed =
          "websocket".equalsIgnoreCase(request.getHeader("Upgrade"))
              ? socket(request)
              : plain(request);
      passed.onFailure(e -> request.response().setStatusCode(BAD_GATEWAY).end(e.toString()));
    }

    private Future<?> plain(HttpServerRequest request) {
      return request
          .body()
          .compose(
              body ->
                  http.request(
                          request.method(), workspace.getPort(), workspace.getHost(), request.uri())
                      .compose(there -> withHeaders(request, there).send(body)))
          .compose(there -> there.body().compose(body -> answer(request.response(), there, body)));
    }

    private static HttpClientRequest withHeaders(
        HttpServerRequest request, HttpClientRequest there) {
      request.headers().entries().stream()
          .filter(header -> !OF_ONE_LEG.contains(header.getKey().toLowerCase(Locale.ROOT)))
          .forEach(header -> there.headers().add(header.getKey(), header.getValue()));
      return there;
    }

    private Future<Void> answer(
        HttpServerResponse response, HttpClientResponse there, Buffer body) {
      there.headers().entries().stream()
          .filter(header -> !OF_ONE_LEG.contains(header.getKey().toLowerCase(Locale.ROOT)))
          .forEach(header -> response.headers().add(header.getKey(), header.getValue()));
      String type = String.valueOf(there.getHeader("Content-Type"));
      return response
          .setStatusCode(there.statusCode())
          .end(
              type.startsWith("application/json")
                  ? Buffer.buffer(fromHere(body.toString(StandardCharsets.UTF_8)))
                  : body);
    }

    private Future<?> socket(HttpServerRequest request) {
      request.pause();
      return sockets
          .connect(workspace.getPort(), workspace.getHost(), request.uri())
          .compose(
              there -> {
                there.pause();
                return request.toWebSocket().onSuccess(bot -> join(bot, there));
              });
    }

    private void join(WebSocketBase bot, WebSocketBase there) {
      bot.textMessageHandler(there::writeTextMessage);
      there.textMessageHandler(text -> bot.writeTextMessage(fromHere(text)));
      bot.closeHandler(gone -> there.close());
      there.closeHandler(gone -> bot.close());
      there.resume();
    }

    private String fromHere(String text) {
      return text.replace(workspace.getAuthority(), here);
    }
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
