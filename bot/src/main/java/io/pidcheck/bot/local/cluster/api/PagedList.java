package io.pidcheck.bot.local.cluster.api;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers a list, at once or a page at a time. All pages show what there was at the first one, as
 * long as the changes since then are known; after that 410, with a token for whoever is content
 * with the rest as it is now.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/api-concepts/">Retrieving large
 *     results sets in chunks</a>
 */
final class PagedList {
  private static final long ALL = Long.MAX_VALUE;
  private static final String TOO_OLD =
      "The provided continue parameter is too old to display a consistent list result. You can"
          + " start a new list without the continue parameter, or use the continue token in this"
          + " response to retrieve the remainder of the results. Continuing with the provided token"
          + " results in an inconsistent list - objects that were created, modified, or deleted"
          + " between the time the first chunk was returned and now may show up in the list.";

  private final ObjectStore store;

  PagedList(ObjectStore store) {
    this.store = store;
  }

  /** What of a list is wanted, as it came. */
  record Wanted(Optional<String> limit, Optional<String> next, Optional<String> version) {
    static final Wanted EVERYTHING =
        new Wanted(Optional.empty(), Optional.empty(), Optional.empty());

    private boolean anyVersion() {
      return version.filter("0"::equals).isPresent();
    }
  }

  Answer answer(RequestPath path, Selector selector, Wanted wanted) {
    if (wanted.limit().filter(text -> !text.matches("-?\\d{1,18}")).isPresent()) {
      return Answer.badRequest("limit: not a number");
    }
    long limit = wanted.limit().map(Long::valueOf).filter(number -> number > 0).orElse(ALL);
    var scope = new ObjectStore.Scope(path.type(), path.namespace(), selector);
    if (wanted.next().isEmpty()) {
      // the real server answers this from its watch cache, which knows no pages
      long most = wanted.anyVersion() ? ALL : limit;
      return page(path, selector, store.snapshot(scope), most);
    }
    if (wanted.version().isPresent() && !wanted.anyVersion()) {
      return Answer.badRequest("specifying resource version is not allowed when using continue");
    }
    return switch (ContinueToken.parse(wanted.next().get())) {
      case ContinueToken.Parsed.Bad(String message) -> Answer.badRequest(message);
      case ContinueToken.Parsed.Ok(ContinueToken token) -> next(path, scope, token, limit);
    };
  }

  private Answer next(RequestPath path, ObjectStore.Scope scope, ContinueToken token, long limit) {
    Optional<ObjectKey> last = token.key(path);
    if (last.isEmpty() || token.version() > store.version()) {
      return Answer.badRequest("continue key is not valid: it is not of this list");
    }
    Optional<ObjectStore.Snapshot> then =
        token.version() == ContinueToken.LATEST
            ? Optional.of(store.snapshot(scope))
            : store.snapshot(scope, token.version());
    if (then.isEmpty()) {
      Answer expired = Answer.refusal(410, "Expired", TOO_OLD);
      Json.child(expired.body(), "metadata").put("continue", token.latest().encoded());
      return expired;
    }
    ObjectStore.Snapshot rest =
        new ObjectStore.Snapshot(
            then.get().version(), then.get().objects().tailMap(last.get(), false));
    return page(path, scope.selector(), rest, limit);
  }

  private static Answer page(
      RequestPath path, Selector selector, ObjectStore.Snapshot from, long limit) {
    ObjectNode list = Json.object().put("kind", path.type().kind() + "List");
    list.put("apiVersion", path.type().apiVersion());
    ObjectNode metadata = list.putObject("metadata");
    metadata.put("resourceVersion", Long.toString(from.version()));
    ArrayNode items = list.putArray("items");
    NavigableMap<ObjectKey, ObjectNode> objects = from.objects();
    for (Map.Entry<ObjectKey, ObjectNode> one : objects.entrySet()) {
      if (selector.matches(one.getValue())) {
        items.add(one.getValue());
      }
      if (items.size() == limit) {
        int remaining = objects.tailMap(one.getKey(), false).size();
        if (remaining > 0) {
          ContinueToken next = ContinueToken.after(one.getKey(), path, from.version());
          metadata.put("continue", next.encoded());
          if (selector.isEverything()) { // else the rest would have to be read to be counted
            metadata.put("remainingItemCount", remaining);
          }
        }
        break;
      }
    }
    return Answer.ok(list);
  }
}
