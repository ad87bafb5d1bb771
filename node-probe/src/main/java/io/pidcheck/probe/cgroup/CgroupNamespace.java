package io.pidcheck.probe.cgroup;

import io.pidcheck.probe.proc.Unread;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * Turns the paths of /proc/pid/cgroup into paths from the hierarchy's root. The kernel writes them
 * relative to the reader's cgroup namespace, cgroup_namespaces(7): in a container that has one of
 * its own, the probe itself is in {@code /} and the kubelet in {@code
 * /../../../system.slice/kubelet.service}. What the namespace's root is called from outside stands
 * nowhere, but it is the directory that the container sees as its own /sys/fs/cgroup: the one with
 * the same inode.
 */
public final class CgroupNamespace {

  private static final int MAX_DEPTH = 6; // the deepest: kubelet.slice/kubepods/qos/pod/container

  private final Optional<String> base;
  private final Unread unread;

  private CgroupNamespace(Optional<String> base, Unread unread) {
    this.base = base;
    this.unread = unread;
  }

  /**
   * @param node the node's hierarchies
   * @param own where this process's own namespace is mounted: /sys/fs/cgroup
   */
  public static CgroupNamespace of(CgroupFs node, Path own, Unread unread) {
    Path nodeRoot = node.pidsRoot();
    String v1 = nodeRoot.endsWith("pids") ? "pids" : "";
    Optional<Object> ownKey = key(own.resolve(v1));
    Optional<Object> rootKey = key(nodeRoot);
    if (ownKey.isEmpty() || rootKey.isEmpty() || ownKey.get().equals(rootKey.get())) {
      return new CgroupNamespace(Optional.of(""), unread);
    }
    return new CgroupNamespace(find(nodeRoot, "", ownKey.get(), 0), unread);
  }

  /** The path from the root of the hierarchy, or the path as it is where that is not known. */
  public String absolute(String path) {
    int up = 0;
    int tail = 0;
    while (path.startsWith("/..", tail)) {
      up++;
      tail += 3;
    }
    if (base.isEmpty() || (up > 0 && base.get().isEmpty())) {
      unread.addCgroup(
          "<cgroup>", "relative to the probe's own cgroup namespace, whose place is not known");
      return path;
    }
    String start = base.get();
    for (; up > 0 && !start.isEmpty(); up--) {
      start = start.substring(0, start.lastIndexOf('/'));
    }
    String rest = path.substring(tail);
    String joined = rest.equals("/") ? start : start + rest;
    return joined.isEmpty() ? "/" : joined;
  }

  private static Optional<String> find(Path dir, String path, Object key, int depth) {
    if (depth == MAX_DEPTH) {
      return Optional.empty();
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(dir)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (mayBeCgroup(name)) {
          Optional<String> found = look(entry, path + '/' + name, key, depth);
          if (found.isPresent()) {
            return found;
          }
        }
      }
    } catch (IOException | java.nio.file.DirectoryIteratorException e) {
      return Optional.empty(); // removed meanwhile
    }
    return Optional.empty();
  }

  private static Optional<String> look(Path entry, String path, Object key, int depth) {
    Optional<Object> entryKey = key(entry);
    if (entryKey.isEmpty()) {
      return Optional.empty();
    }
    return entryKey.get().equals(key) ? Optional.of(path) : find(entry, path, key, depth + 1);
  }

  // the controllers' files all have a dot in their name
  private static boolean mayBeCgroup(String name) {
    return name.indexOf('.') < 0
        || name.endsWith(".slice")
        || name.endsWith(".scope")
        || name.endsWith(".service");
  }

  /** Device and inode of a directory. */
  private static Optional<Object> key(Path path) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return attributes.isDirectory()
          ? Optional.ofNullable(attributes.fileKey())
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
