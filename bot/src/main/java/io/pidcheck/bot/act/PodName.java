package io.pidcheck.bot.act;

import java.util.regex.Pattern;

/**
 * One pod and no later one of the same name.
 *
 * @param uid as its cgroup carries it
 * @param workload its topmost controller, {@code Deployment/order-service}; empty for a bare pod
 */
public record PodName(String namespace, String name, String uid, String workload) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");
  private static final Pattern UID = Pattern.compile("[0-9A-Za-z-]{1,64}");
  private static final Pattern WORKLOAD = Pattern.compile("|[A-Za-z0-9]{1,63}/[-a-z0-9.:]{1,253}");

  public PodName {
    if (!NAME.matcher(namespace).matches()
        || !NAME.matcher(name).matches()
        || !UID.matcher(uid).matches()
        || !WORKLOAD.matcher(workload).matches()) {
      throw new IllegalArgumentException("not a pod's name");
    }
  }

  public boolean restarts() {
    return !workload.isEmpty();
  }

  public String path() {
    return namespace + "/" + name;
  }
}
