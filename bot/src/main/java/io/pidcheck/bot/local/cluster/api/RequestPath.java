package io.pidcheck.bot.local.cluster.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A resource path, {@code /apis/GROUP/VERSION[/namespaces/NS]/PLURAL[/NAME[/SUBRESOURCE]]}.
 *
 * @param namespace absent for cluster-scoped kinds, and for lists across all namespaces
 */
record RequestPath(
    ResourceType type,
    Optional<String> namespace,
    Optional<String> name,
    Optional<String> subresource) {

  static Optional<RequestPath> parse(String path) {
    List<String> parts =
        Arrays.stream(path.split("/", -1))
            .skip(1)
            .map(part -> URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8))
            .toList();
    if (parts.size() >= 3 && parts.getFirst().equals("api")) {
      return resource("", parts.get(1), parts.subList(2, parts.size()));
    }
    if (parts.size() >= 4 && parts.getFirst().equals("apis")) {
      return resource(parts.get(1), parts.get(2), parts.subList(3, parts.size()));
    }
    return Optional.empty();
  }

  ObjectKey key(String objectName) {
    return new ObjectKey(type, namespace.orElse(""), objectName);
  }

  boolean isSubresource(String wanted) {
    return subresource.filter(wanted::equals).isPresent();
  }

  private static Optional<RequestPath> resource(String group, String version, List<String> parts) {
    boolean inNamespace = parts.size() >= 3 && parts.getFirst().equals("namespaces");
    if (inNamespace) {
      Optional<ResourceType> type = ResourceTypes.find(group, version, parts.get(2));
      if (type.isPresent() && type.get().namespaced()) {
        return of(type.get(), Optional.of(parts.get(1)), parts.subList(3, parts.size()));
      }
    }
    return ResourceTypes.find(group, version, parts.getFirst())
        .flatMap(type -> of(type, Optional.empty(), parts.subList(1, parts.size())));
  }

  private static Optional<RequestPath> of(
      ResourceType type, Optional<String> namespace, List<String> rest) {
    // a namespaced object has no address outside its namespace, and no part of a path is empty
    boolean unaddressable = type.namespaced() && namespace.isEmpty() && !rest.isEmpty();
    if (rest.size() > 2 || unaddressable || rest.contains("")) {
      return Optional.empty();
    }
    Optional<String> name = rest.isEmpty() ? Optional.empty() : Optional.of(rest.get(0));
    Optional<String> subresource = rest.size() < 2 ? Optional.empty() : Optional.of(rest.get(1));
    return Optional.of(new RequestPath(type, namespace, name, subresource));
  }
}
