package io.pidcheck.bot.local.cluster.api;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the server says about itself: version, groups, kinds. */
final class Discovery {
  /** What this server claims to be; the part after the plus sign says what it is. */
  static final String VERSION = "v1.34.0+pidcheck-local";

  private static final List<String> VERBS =
      List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");

  private Discovery() {}

  static Optional<ObjectNode> answer(String path) {
    return switch (path) {
      case "/version" -> Optional.of(version());
      case "/api" -> Optional.of(coreVersions());
      case "/apis" -> Optional.of(groups());
      default -> resources(path);
    };
  }

  private static ObjectNode version() {
    return Json.object()
        .put("major", "1")
        .put("minor", "34")
        .put("gitVersion", VERSION)
        .put("gitCommit", "")
        .put("gitTreeState", "")
        .put("buildDate", "2026-11-01T00:00:00Z")
        .put("goVersion", "none: Java " + Runtime.version().feature())
        .put("compiler", "javac")
        .put("platform", "linux/" + System.getProperty("os.arch"));
  }

  private static ObjectNode coreVersions() {
    ObjectNode versions = Json.object().put("kind", "APIVersions");
    versions.putArray("versions").add("v1");
    return versions;
  }

  private static ObjectNode groups() {
    ObjectNode list = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
    ArrayNode groups = list.putArray("groups");
    ResourceTypes.ALL.stream()
        .map(ResourceType::group)
        .filter(group -> !group.isEmpty())
        .distinct()
        .sorted()
        .forEach(group -> addGroup(groups.addObject(), group));
    return list;
  }

  private static void addGroup(ObjectNode entry, String group) {
    entry.put("name", group);
    entry.putArray("versions").add(groupVersion(group));
    entry.set("preferredVersion", groupVersion(group));
  }

  private static ObjectNode groupVersion(String group) {
    return Json.object().put("groupVersion", group + "/v1").put("version", "v1");
  }

  private static Optional<ObjectNode> resources(String path) {
    String groupVersion = path.replaceFirst("^/apis?/", "");
    List<ResourceType> types =
        ResourceTypes.ALL.stream()
            .filter(type -> type.apiVersion().equals(groupVersion))
            .filter(type -> path.startsWith(type.group().isEmpty() ? "/api/" : "/apis/"))
            .toList();
    if (types.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode list = Json.object().put("kind", "APIResourceList").put("apiVersion", "v1");
    list.put("groupVersion", groupVersion);
    ArrayNode resources = list.putArray("resources");
    for (ResourceType type : types) {
      add(resources.addObject(), type, type.plural());
      if (type.hasStatus()) {
        add(resources.addObject(), type, type.plural() + "/status");
      }
    }
    return Optional.of(list);
  }

  private static void add(ObjectNode entry, ResourceType type, String name) {
    entry
        .put("name", name)
        .put("singularName", "")
        .put("namespaced", type.namespaced())
        .put("kind", type.kind());
    ArrayNode verbs = entry.putArray("verbs");
    VERBS.forEach(verbs::add);
  }
}
