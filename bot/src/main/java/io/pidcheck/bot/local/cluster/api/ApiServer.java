package io.pidcheck.bot.local.cluster.api;

import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * The HTTP edge of the API server, on 127.0.0.1 only. Every request needs the bearer token; there
 * is no TLS, as nothing leaves the machine.
 */
public final class ApiServer implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  // what the real server takes: limit on the request body of etcd's 1.5 MiB, doubled
  private static final int BODY_LIMIT = 3 * 1024 * 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Vertx vertx = Vertx.vertx();
  private final ObjectStore store = new ObjectStore();
  private final ResourceRequests requests;
  private final PodLogs logs;
  private final Clock clock;
  private final byte[] authorization;
  private final HttpServer server;

  /**
   * @param token what a client must present
   * @param podsForbidden when present, why no pod may be created now
   */
  public record Options(
      String token, Clock clock, PodLogs logs, Supplier<Optional<String>> podsForbidden) {}

  private ApiServer(Options options) {
    Admission admission = new Admission(store, options.podsForbidden());
    requests =
        new ResourceRequests(
            store,
            new Registry(store, admission, options.clock()),
            new Deletion(store, options.clock()));
    logs = options.logs();
    clock = options.clock();
    authorization = ("Bearer " + options.token()).getBytes(StandardCharsets.UTF_8);
    HttpServerOptions http = new HttpServerOptions().setHost(LOOPBACK).setPort(0);
    server = vertx.createHttpServer(http).requestHandler(this::handle);
  }

  /** Starts it on a free port. */
  public static ApiServer start(Options options) {
    ApiServer api = new ApiServer(options);
    await(api.server.listen());
    return api;
  }

  public String url() {
    return "http://" + LOOPBACK + ":" + server.actualPort();
  }

  @Override
  public void close() {
    await(server.close());
    await(vertx.close());
  }

  private void handle(HttpServerRequest request) {
    String date = RFC_1123_DATE_TIME.format(clock.instant().atOffset(ZoneOffset.UTC));
    request.response().putHeader("Date", date); // as whatever Go serves
    if (!isAuthorized(request)) {
      send(request.response(), Answer.unauthorized());
      return;
    }
    Optional<RequestPath> path = RequestPath.parse(request.path());
    if (path.isEmpty()) {
      answerAboutItself(request);
    } else if (path.get().isSubresource("log")) {
      log(request, path.get());
    } else if (isWatch(request) && path.get().subresource().isEmpty()) {
      watch(request, path.get());
    } else {
      request
          .body()
          .onSuccess(body -> resource(request, path.get(), body))
          .onFailure(broken -> request.connection().close());
    }
  }

  private boolean isAuthorized(HttpServerRequest request) {
    String given = Optional.ofNullable(request.getHeader("Authorization")).orElse("");
    return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), authorization);
  }

  private static void answerAboutItself(HttpServerRequest request) {
    switch (request.path()) {
      case "/healthz", "/livez", "/readyz" ->
          request.response().putHeader("Content-Type", "text/plain").end("ok");
      default ->
          send(
              request.response(),
              Discovery.answer(request.path()).map(Answer::ok).orElseGet(Answer::noSuchPath));
    }
  }

  private void resource(HttpServerRequest request, RequestPath path, Buffer body) {
    if (body.length() > BODY_LIMIT) {
      send(
          request.response(),
          Answer.refusal(
              413, "RequestEntityTooLarge", "Request entity too large: limit is 3145728"));
      return;
    }
    send(request.response(), requests.answer(toRequest(request, path, body.toString())));
  }

  private static ResourceRequests.Request toRequest(
      HttpServerRequest request, RequestPath path, String body) {
    return new ResourceRequests.Request(
        request.method().name(),
        path,
        new ResourceRequests.Query(
            parameter(request, "fieldSelector"),
            parameter(request, "labelSelector"),
            new PagedList.Wanted(
                parameter(request, "limit"),
                parameter(request, "continue"),
                parameter(request, "resourceVersion"))),
        Optional.ofNullable(request.getHeader("Content-Type")).orElse("application/json"),
        body);
  }

  /** All watches have expired: each is told 410, and whoever comes back has to list anew. */
  public void expireWatches() {
    new WatchStream(vertx, store).expireAll();
  }

  private void watch(HttpServerRequest request, RequestPath path) {
    switch (ResourceRequests.selector(toRequest(request, path, ""))) {
      case SelectorParser.Parsed.Bad(String message) ->
          send(request.response(), Answer.badRequest(message));
      case SelectorParser.Parsed.Ok(Selector selector) ->
          new WatchStream(vertx, store)
              .open(
                  request,
                  new WatchStream.Subscription(
                      new ObjectStore.Scope(path.type(), path.namespace(), selector),
                      number(request, "resourceVersion").orElse(0L),
                      number(request, "timeoutSeconds").map(Duration::ofSeconds)));
    }
  }

  private void log(HttpServerRequest request, RequestPath path) {
    ObjectKey key = path.key(path.name().orElse(""));
    Optional<String> uid =
        store.get(key).map(pod -> Json.text(pod, "metadata", "uid")).filter(found -> isPod(key));
    if (uid.isEmpty()) {
      send(request.response(), Answer.notFound(key));
      return;
    }
    PodLogs.Request wanted =
        new PodLogs.Request(
            key.namespace(),
            key.name(),
            uid.get(),
            parameter(request, "container"),
            parameter(request, "previous").filter("true"::equals).isPresent());
    switch (logs.find(wanted)) {
      case PodLogs.Found.Refused(int code, String reason, String message) ->
          send(request.response(), Answer.refusal(code, reason, message));
      case PodLogs.Found.Log(ContainerLog log) -> sendLog(request, log);
    }
  }

  private void sendLog(HttpServerRequest request, ContainerLog log) {
    LogWindow window =
        new LogWindow(
            number(request, "tailLines").map(Math::toIntExact),
            number(request, "limitBytes").map(Math::toIntExact));
    if (parameter(request, "follow").filter("true"::equals).isPresent()) {
      new LogStream(vertx).follow(request.response(), log, window);
    } else {
      new LogStream(vertx).send(request.response(), log, window);
    }
  }

  private static boolean isPod(ObjectKey key) {
    return key.type().equals(ResourceTypes.PODS);
  }

  private static boolean isWatch(HttpServerRequest request) {
    String watch = parameter(request, "watch").orElse("");
    return request.method().name().equals("GET") && (watch.equals("true") || watch.equals("1"));
  }

  private static Optional<String> parameter(HttpServerRequest request, String name) {
    return Optional.ofNullable(request.getParam(name)).filter(value -> !value.isEmpty());
  }

  private static Optional<Long> number(HttpServerRequest request, String name) {
    return parameter(request, name).filter(text -> text.matches("\\d{1,9}")).map(Long::valueOf);
  }

  private static void send(HttpServerResponse response, Answer answer) {
    response.setStatusCode(answer.code()).putHeader("Content-Type", "application/json");
    response.end(answer.body().toString());
  }

  private static <T> void await(Future<T> started) {
    try {
      started.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException("the local API server did not answer in time", e);
    }
  }
}
