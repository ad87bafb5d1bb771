package io.pidcheck.bot.local.slack.api;

import io.pidcheck.bot.local.slack.workspace.Directory;
import io.pidcheck.bot.local.slack.workspace.Json;
import io.pidcheck.bot.local.slack.workspace.Wire;
import io.pidcheck.bot.local.slack.workspace.Workspace;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** The Web API: finds the method, minds tokens, faults and rate limits, and calls it. */
public final class WebApi {

  private final Wire wire;
  private final Tokens tokens;
  private final Faults faults;
  private final RateLimits rateLimits;
  private final Map<String, Method> methods = new HashMap<>();

  /** Where the API stands. */
  public record Setting(Workspace workspace, Wire wire, Tokens tokens, Clock clock) {}

  /**
   * @param socketUrls a new Socket Mode URL at each call
   */
  public WebApi(Setting setting, Composer composer, Faults faults, Supplier<URI> socketUrls) {
    this.wire = setting.wire();
    this.tokens = setting.tokens();
    this.faults = faults;
    this.rateLimits = new RateLimits(setting.clock());
    Workspace workspace = setting.workspace();
    methods.put("api.test", WebApi::apiTest);
    methods.put("auth.test", arguments -> authTest());
    methods.put("apps.connections.open", arguments -> openConnection(socketUrls.get()));
    methods.putAll(new ChatMethods(workspace, wire, composer).all());
    methods.putAll(new ConversationMethods(workspace, wire).all());
    methods.putAll(new PeopleMethods(workspace.directory()).all());
    methods.putAll(
        new ViewMethods(workspace.modals(), workspace.triggers(), composer.blockKit()).all());
    methods.putAll(new FileMethods(workspace, wire).all());
    methods.putAll(new ReactionMethods(workspace).all());
  }

  /** Calls a method. Never throws for what a caller got wrong. */
  public Answer call(String name, Arguments arguments, Optional<String> token) {
    Optional<Answer> fault = faults.answer(name);
    if (fault.isPresent()) {
      return fault.get();
    }
    Method method = methods.get(name);
    if (method == null) {
      ObjectNode body = Json.refusal("unknown_method").put("req_method", name);
      return new Answer.Done(body);
    }
    Optional<String> refusal = tokens.refusal(name, token);
    if (refusal.isPresent()) {
      return Answer.refused(refusal.get());
    }
    OptionalLong retryAfter = rateLimits.take(name, arguments);
    if (retryAfter.isPresent()) {
      return new Answer.RateLimited(retryAfter.getAsLong());
    }
    return method.call(arguments);
  }

  private static Answer apiTest(Arguments arguments) {
    ObjectNode body = Json.object();
    body.set("args", arguments.values().deepCopy());
    Optional<String> error = arguments.text("error");
    if (error.isPresent()) {
      return new Answer.Done(body.put("ok", false).put("error", error.get()));
    }
    return Answer.done(body);
  }

  private Answer authTest() {
    return Answer.done(
        Json.object()
            .put("url", wire.base() + "/")
            .put("team", Directory.TEAM_NAME)
            .put("user", Directory.BOT.name())
            .put("team_id", Directory.TEAM_ID)
            .put("user_id", Directory.BOT.id())
            .put("bot_id", Directory.BOT_ID)
            .put("is_enterprise_install", false));
  }

  private static Answer openConnection(URI url) {
    return Answer.done(Json.object().put("url", url.toString()));
  }
}
