package io.pidcheck.bot.local.cluster.api;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers a request for objects, one request at a time. */
final class ResourceRequests {
  private final ObjectStore store;
  private final PagedList lists;
  private final Registry registry;
  private final Deletion deletion;

  ResourceRequests(ObjectStore store, Registry registry, Deletion deletion) {
    this.store = store;
    this.lists = new PagedList(store);
    this.registry = registry;
    this.deletion = deletion;
  }

  /** A request whose body has been read. */
  record Request(String method, RequestPath path, Query query, String contentType, String body) {}

  /** The selectors of a request, and what of a list it wants. */
  record Query(
      Optional<String> fieldSelector, Optional<String> labelSelector, PagedList.Wanted page) {}

  synchronized Answer answer(Request request) {
    RequestPath path = request.path();
    if (path.type().equals(ResourceTypes.ACCESS_REVIEWS)) {
      return request.method().equals("POST") ? review(request.body()) : Answer.notAllowed();
    }
    if (path.subresource().isPresent()
        && !(path.isSubresource("status") && path.type().hasStatus())) {
      return Answer.noSuchPath();
    }
    return switch (request.method()) {
      case "GET" ->
          path.name()
              .map(name -> get(path.key(name)))
              .orElseGet(() -> list(request, request.query().page()));
      case "POST" ->
          path.name().isPresent() ? Answer.notAllowed() : registry.create(path, request.body());
      case "PUT" ->
          path.name().isEmpty() ? Answer.notAllowed() : registry.replace(path, request.body());
      case "PATCH" ->
          path.name().isEmpty()
              ? Answer.notAllowed()
              : registry.patch(path, request.contentType(), request.body());
      case "DELETE" -> delete(request);
      default -> Answer.notAllowed();
    };
  }

  private Answer get(ObjectKey key) {
    return store.get(key).map(Answer::ok).orElseGet(() -> Answer.notFound(key));
  }

  private Answer list(Request request, PagedList.Wanted page) {
    return switch (selector(request)) {
      case SelectorParser.Parsed.Bad(String message) -> Answer.badRequest(message);
      case SelectorParser.Parsed.Ok(Selector selector) ->
          lists.answer(request.path(), selector, page);
    };
  }

  private Answer delete(Request request) {
    RequestPath path = request.path();
    Optional<Deletion.Options> options = Deletion.Options.parse(request.body());
    if (options.isEmpty()) {
      return Answer.badRequest("the body is not JSON");
    }
    if (path.name().isPresent()) {
      return deletion.delete(path.key(path.name().get()), options.get());
    }
    Answer doomed = list(request, PagedList.Wanted.EVERYTHING);
    for (JsonNode object : doomed.body().path("items")) {
      String namespace = Json.text(object, "metadata", "namespace");
      String name = Json.text(object, "metadata", "name");
      deletion.delete(new ObjectKey(path.type(), namespace, name), options.get());
    }
    return doomed;
  }

  static SelectorParser.Parsed selector(Request request) {
    Query query = request.query();
    return new SelectorParser(request.path().type())
        .parse(query.fieldSelector(), query.labelSelector());
  }

  /** Whoever holds the token may do everything: there is no RBAC here. */
  private static Answer review(String body) {
    try {
      if (Json.MAPPER.readTree(body) instanceof ObjectNode review) {
        review
            .putObject("status")
            .put("allowed", true)
            .put("reason", "the local cluster has no RBAC");
        return Answer.created(review);
      }
    } catch (JacksonException e) {
      return Answer.badRequest("the body is not JSON");
    }
    return Answer.badRequest("the body is not a JSON object");
  }
}
