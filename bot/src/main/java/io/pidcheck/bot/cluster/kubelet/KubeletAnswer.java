package io.pidcheck.bot.cluster.kubelet;

import java.util.Optional;
import java.util.OptionalLong;

/** What a kubelet said to one request, or why it said nothing of use. */
public sealed interface KubeletAnswer<T> {

  record Told<T>(T value) implements KubeletAnswer<T> {}

  /**
   * Nothing that can be used.
   *
   * @param detail what goes with the lack: the missing right, how long was waited, the other end's
   *     words; foreign text, may be empty
   * @param maxPid the node's ceiling, where the answer said at least that
   */
  record NotTold<T>(Lack lack, String detail, OptionalLong maxPid) implements KubeletAnswer<T> {

    public NotTold(Lack lack, String detail) {
      this(lack, detail, OptionalLong.empty());
    }
  }

  /** What is missing. */
  enum Lack {
    /** Settings: kubelet.via is off. */
    SWITCHED_OFF,
    /** The Node object names no address. */
    NO_ADDRESS,
    /** Nobody listens there, or the way there is barred. */
    NO_CONNECTION,
    /** The serving certificate is not signed by the CA that was asked for, or for another host. */
    NOT_TRUSTED,
    /** HTTP 401: the kubelet does not take the bot's token. */
    NOT_KNOWN,
    /** HTTP 403; the detail is the right that is missing. */
    NO_RIGHT,
    /** No whole answer before the deadline. */
    SILENT,
    TOO_LARGE,
    /** The connection ended before the answer did. */
    CUT_OFF,
    /**
     * More tasks than the node may have: the count is of the whole machine, the ceiling of a PID
     * namespace. So it is where nodes are containers of one machine (Linux 6.14 on: pid_max is per
     * namespace); such a count says nothing of this node.
     */
    OTHERS_COUNTED,
    /** An answer that does not say what it must. */
    NOT_UNDERSTOOD,
    /** HTTP 500 and the like: /stats/summary says so once the container runtime is dead. */
    ERROR
  }

  default Optional<T> told() {
    return switch (this) {
      case Told<T>(T value) -> Optional.of(value);
      case NotTold<T> _ -> Optional.empty();
    };
  }

  default Optional<NotTold<T>> lacking() {
    return switch (this) {
      case Told<T> _ -> Optional.empty();
      case NotTold<T> lack -> Optional.of(lack);
    };
  }
}
