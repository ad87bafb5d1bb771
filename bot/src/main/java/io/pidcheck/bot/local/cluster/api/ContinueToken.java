package io.pidcheck.bot.local.cluster.api;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Where a list in pages goes on, written as the real server writes it. To a client it means
 * nothing.
 *
 * @param version the first page's; {@link #LATEST} for one that has given up being consistent
 * @param after the key, below the path that is listed, of the last object given: {@code name}, or
 *     {@code namespace/name} over all namespaces
 */
record ContinueToken(long version, String after) {
  static final long LATEST = -1;

  private static final String FORMAT = "meta.k8s.io/v1";
  private static final char END = '\0'; // the next key there can be

  /** Either a token, or what is wrong with it. */
  sealed interface Parsed {
    record Ok(ContinueToken token) implements Parsed {}

    record Bad(String message) implements Parsed {}
  }

  static Parsed parse(String text) {
    try {
      JsonNode token = Json.MAPPER.readTree(Base64.getUrlDecoder().decode(text));
      String start = Json.text(token, "start");
      long version = token.path("rv").asLong(0);
      if (!Json.text(token, "v").equals(FORMAT)) {
        return bad("server does not recognize this encoded version");
      }
      if (version == 0) {
        return bad("incorrect encoded start resourceVersion");
      }
      if (start.isEmpty() || start.contains("..")) {
        return bad("encoded start key");
      }
      String after = start.charAt(start.length() - 1) == END ? cut(start) : start;
      return new Parsed.Ok(new ContinueToken(version, after));
    } catch (IllegalArgumentException | JacksonException e) {
      return bad("not a token");
    }
  }

  static ContinueToken after(ObjectKey key, RequestPath path, long version) {
    boolean below = path.type().namespaced() && path.namespace().isEmpty();
    return new ContinueToken(version, below ? key.namespace() + "/" + key.name() : key.name());
  }

  /** The last object given, if it still is there. */
  Optional<ObjectKey> key(RequestPath path) {
    if (!path.type().namespaced() || path.namespace().isPresent()) {
      return Optional.of(path.key(after));
    }
    List<String> parts = Arrays.asList(after.split("/", -1));
    return parts.size() == 2
        ? Optional.of(new ObjectKey(path.type(), parts.get(0), parts.get(1)))
        : Optional.empty();
  }

  ContinueToken latest() {
    return new ContinueToken(LATEST, after);
  }

  String encoded() {
    String json =
        Json.object().put("v", FORMAT).put("rv", version).put("start", after + END).toString();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String cut(String start) {
    return start.substring(0, start.length() - 1);
  }

  private static Parsed bad(String why) {
    return new Parsed.Bad("continue key is not valid: " + why);
  }
}
