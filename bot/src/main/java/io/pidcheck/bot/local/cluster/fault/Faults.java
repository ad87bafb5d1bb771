package io.pidcheck.bot.local.cluster.fault;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The faults in force, at most one of each kind. */
public final class Faults {
  private final Map<Class<?>, ClusterFault> inForce = new ConcurrentHashMap<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  public void inject(ClusterFault fault) {
    inForce.put(fault.getClass(), fault);
    listeners.forEach(Runnable::run);
  }

  public void clear() {
    inForce.clear();
    listeners.forEach(Runnable::run);
  }

  public <F extends ClusterFault> Optional<F> inForce(Class<F> kind) {
    return Optional.ofNullable(inForce.get(kind)).map(kind::cast);
  }

  /** Has it told of every change, on the thread that makes it. */
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }
}
