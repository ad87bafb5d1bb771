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

  /** Stands for the namespace's root where that cannot be found among the node's cgroups. */
  static final String UNKNOWN_BASE = "/<the probe's namespace>";

  private final Optional<String> base;
  private final Unread unread;

  private CgroupNamespace(Optional<String> base, Unread unread) {
    this.base = base;
    this.unread = unread;
  }

  /**
   * @param node the node's hierarchies
   * @param own where this process's own namespace is mounted: /sys/fs/cgroup
   * @param init what is said of process 1, which on a node is in no container
   */
  public static CgroupNamespace of(CgroupFs node, Path own, Optional<String> init, Unread unread) {
    if (init.isEmpty() || !init.get().startsWith("/..")) {
      return new CgroupNamespace(Optional.of(""), unread);
    }
    Path nodeRoot = node.pidsRoot();
    Optional<Object> ownKey = key(nodeRoot.endsWith("pids") ? own.resolve("pids") : own);
    if (ownKey.isEmpty() || ownKey.equals(key(nodeRoot))) {
      return new CgroupNamespace(Optional.empty(), unread);
    }
    return new CgroupNamespace(find(nodeRoot, "", ownKey.get(), 0), unread);
  }

  /**
   * The path from the root of the hierarchy. Where the namespace's place is not known it stays as
   * it is, below {@link #UNKNOWN_BASE} if it does not lead out of it.
   */
  public String absolute(String path) {
    if (base.isEmpty()) {
      unread.addCgroup(
          "<cgroup>", "relative to the probe's own cgroup namespace, whose place is not known");
      return path.startsWith("/..") ? path : joined(UNKNOWN_BASE, path);
    }
    String start = base.get();
    int tail = 0;
    while (path.startsWith("/..", tail)) {
      start = start.substring(0, Math.max(0, start.lastIndexOf('/')));
      tail += "/..".length();
    }
    return joined(start, path.substring(tail));
  }

  /** Whether a path leads to a cgroup that can be looked up. */
  static boolean isAbsolute(String path) {
    return !path.startsWith("/..") && !path.startsWith(UNKNOWN_BASE);
  }

  private static String joined(String start, String rest) {
    String path = rest.equals("/") ? start : start + rest;
    return path.isEmpty() ? "/" : path;
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
