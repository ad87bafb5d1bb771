package io.pidcheck.bot.local.slack;

import io.pidcheck.bot.local.slack.api.Composer;
import io.pidcheck.bot.local.slack.api.Faults;
import io.pidcheck.bot.local.slack.api.ResponseUrlAnswers;
import io.pidcheck.bot.local.slack.api.Tokens;
import io.pidcheck.bot.local.slack.api.WebApi;
import io.pidcheck.bot.local.slack.person.App;
import io.pidcheck.bot.local.slack.person.People;
import io.pidcheck.bot.local.slack.socket.SocketMode;
import io.pidcheck.bot.local.slack.workspace.Directory;
import io.pidcheck.bot.local.slack.workspace.Json;
import io.pidcheck.bot.local.slack.workspace.SlashCommand;
import io.pidcheck.bot.local.slack.workspace.Wire;
import io.pidcheck.bot.local.slack.workspace.Workspace;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.net.BindException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * A Slack workspace on 127.0.0.1: what a bot sees of Slack at the network, and a page for people.
 *
 * <ul>
 *   <li>{@code /} the page
 *   <li>{@code /api/METHOD} Slack's Web API, with Slack's limits, error names and rates
 *   <li>{@code /socket} Slack's Socket Mode
 *   <li>{@code /control/...} the control API: JSON, to drive and read the workspace as a person
 *       does
 * </ul>
 *
 * <h2>Control API</h2>
 *
 * Every answer is a JSON object; {@code ok} says whether it was done, {@code error} why not.
 *
 * <pre>
 * GET  /control/workspace                       {team, bot: {user_id, name, connected}, users: [...], usergroups: [...], channels: [...], commands: [...]}
 * GET  /control/messages?channel=C[&amp;user=U]     {messages: [...]} oldest first; with user, only what that person sees
 * GET  /control/views?user=U                    {views: [{id, view}]} open modals, top last
 * GET  /control/events                          Server-Sent Events: message {channel, message}, deleted {channel, ts},
 *                                               view {user, view | null}, connection {connected}
 * POST /control/say     {user, channel, text, thread_ts?}      {ok, ts?}; a text that starts with / is a slash command
 * POST /control/click   {user, channel, ts, action_id, block_id?, confirm?, selected_option? ...}
 *                       in a modal {user, view_id, action_id, block_id?, values?, ...}
 * POST /control/submit  {user, view_id, values: {block_id: {action_id: {value | selected_option | ...}}}}
 *                       refused with errors {block_id: text}: "invalid_input" by Slack itself, "errors" by the bot
 * POST /control/close   {user, view_id, clear?}
 * POST /control/event   {event: {type, ...}}  sends an event of the Events API to the bot
 * POST /control/NAME    whatever was handed in as {@link Options#controls()}
 * </pre>
 *
 * <p>A command, click or submission is answered when the bot has acknowledged it, or with {@code
 * operation_timeout} after 3 s, or at once with {@code dispatch_failed} when no bot is connected. A
 * click on what has a confirm dialog needs {@code "confirm": true}, else {@code not_confirmed}.
 *
 * <h2>Faults</h2>
 *
 * POST /control/faults takes any of these keys together, GET shows what is active; both answer
 * {@code {ok, socket: "accept" | "refuse", faults: [...]}}. METHOD is a name such as {@code
 * chat.update}, or {@code *}.
 *
 * <pre>
 * {"rate_limit": {"method": METHOD, "retry_after_s": 1, "times": 1}}   HTTP 429 with Retry-After
 * {"fail": {"method": METHOD, "error": "internal_error", "status": 200, "times": 1}}
 * {"delay": {"method": METHOD, "millis": 500}}                         until cleared, or so many "times"
 * {"socket": "drop"}      cut all connections now
 * {"socket": "refuse"}    cut them and let none in, until {"socket": "accept"}
 * {"socket": "warn"}      send {"type": "disconnect", "reason": "warning"}
 * {"socket": "refresh"}   send {"type": "disconnect", "reason": "refresh_requested"}, close 10 s later
 * {"clear": true}         forget all of the above first
 * </pre>
 */
public final class LocalSlack implements AutoCloseable {

  private static final String HOST = "127.0.0.1";
  private static final long SWEEP_MILLIS = 25;
  private static final long PING_MILLIS = 15_000;

  private final Vertx vertx;
  private final URI uri;

  private LocalSlack(Vertx vertx, URI uri) {
    this.vertx = vertx;
    this.uri = uri;
  }

  /**
   * @param port 0 for any that is free
   * @param commands the slash commands of the app
   * @param controls further parts of the control API, by path below {@code /control/}, such as
   *     {@code calico/restart}
   * @param clock what all lifetimes, limits and time stamps go by
   */
  public record Options(
      int port, List<SlashCommand> commands, Map<String, ControlAction> controls, Clock clock) {
    public Options {
      if (port < 0 || port > 65_535) {
        throw new IllegalArgumentException("port must be from 0 to 65535, not " + port);
      }
      commands = List.copyOf(commands);
      controls = Map.copyOf(controls);
      for (String path : controls.keySet()) {
        if (!path.matches("[a-z-]+(/[a-z-]+)*")) {
          throw new IllegalArgumentException("not a path below /control/: " + path);
        }
      }
    }
  }

  /**
   * Opens the workspace.
   *
   * @throws IllegalStateException with one plain line when the port cannot be had
   */
  public static LocalSlack start(Options options) {
    // one event loop: every handler runs to its end before the next, so the state needs no lock
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(2));
    Router router = Router.router(vertx);
    HttpServer server = vertx.createHttpServer(serverOptions()).requestHandler(router);
    try {
      server.listen(options.port(), HOST).await(10, TimeUnit.SECONDS);
    } catch (Exception failure) {
      vertx.close();
      throw new IllegalStateException(reason(options.port(), failure), failure);
    }
    URI uri = URI.create("http://" + HOST + ":" + server.actualPort());
    mount(vertx, router, options, uri);
    return new LocalSlack(vertx, uri);
  }

  private static String reason(int port, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof BindException
        ? "port " + port + " on " + HOST + " is already in use; choose another, or 0 for any"
        : "cannot listen on " + HOST + ":" + port + ": " + cause.getMessage();
  }

  private static HttpServerOptions serverOptions() {
    return new HttpServerOptions()
        .setHttp2ClearTextEnabled(false) // HTTP/1.1 for all, as browsers speak it without TLS
        .setMaxFormAttributeSize(Bodies.MAX_BYTES)
        .setMaxFormBufferedBytes(Bodies.MAX_BYTES)
        .setMaxWebSocketFrameSize(Bodies.MAX_BYTES)
        .setMaxWebSocketMessageSize(Bodies.MAX_BYTES)
        .setIdleTimeout(120);
  }

  private static void mount(Vertx vertx, Router router, Options options, URI uri) {
    Workspace workspace = new Workspace(options.clock());
    Wire wire = new Wire(workspace, uri);
    EventStream events = new EventStream(workspace, wire);
    workspace.listen(events);
    SocketMode socket = new SocketMode(options.clock(), events::onConnection);
    Composer composer = new Composer(workspace.files());
    Faults faults = new Faults();
    SocketRoute socketRoute = new SocketRoute(socket, uri);
    WebApi api =
        new WebApi(
            new WebApi.Setting(workspace, wire, Tokens.LOCAL, options.clock()),
            composer,
            faults,
            socketRoute::newUrl);
    People people = People.of(new App(workspace, wire, socket, composer), options.commands());

    router.route().handler(Guards::onlyLocal);
    socketRoute.mount(router);
    new WebApiRoutes(vertx, api, faults, new ResponseUrlAnswers(workspace, composer)).mount(router);
    new FileRoutes(workspace.files()).mount(router);
    new Permalinks(workspace).mount(router);
    new ControlRoutes(workspace, wire, socket, people).mount(router, faults, events);
    new ActionRoutes(vertx, options.controls()).mount(router);
    PageRoutes.mount(router);
    router.route().handler(c -> Guards.answer(c, 404, Json.refusal("not_found")));
    Failures.mount(router);
    vertx.setPeriodic(SWEEP_MILLIS, timer -> socket.sweep());
    vertx.setPeriodic(
        PING_MILLIS,
        timer -> {
          socket.ping();
          events.ping();
        });
  }

  /** Where the page is. */
  public URI uri() {
    return uri.resolve("/");
  }

  /** The prefix of the Web API's methods, with its trailing slash. */
  public URI apiUri() {
    return uri.resolve("/api/");
  }

  /** The id of the user group whose members are on call here. */
  public String onCallGroup() {
    return new Directory().groups().getFirst().id();
  }

  public String botToken() {
    return Tokens.LOCAL.bot();
  }

  public String appToken() {
    return Tokens.LOCAL.app();
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
