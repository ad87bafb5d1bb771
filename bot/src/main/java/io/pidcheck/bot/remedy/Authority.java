package io.pidcheck.bot.remedy;

import io.pidcheck.bot.act.PodName;
import io.pidcheck.bot.act.Remedy;
import io.pidcheck.bot.chat.Groups;
import io.pidcheck.bot.remedy.Decision.Allowed;
import io.pidcheck.bot.remedy.Decision.Cause;
import io.pidcheck.bot.remedy.Decision.Denied;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides who may, at the moment it is asked for. In doubt nobody may. */
public final class Authority {

  private final Rights rights;
  private final Groups groups;

  public Authority(Rights rights, Groups groups) {
    this.rights = rights;
    this.groups = groups;
  }

  public Decision toLook(String user) {
    return decide(user, rights.look());
  }

  /** An act on several pods needs the right for each of them. */
  public Decision toAct(String user, Remedy remedy) {
    for (String namespace : namespaces(remedy)) {
      if (decide(user, rights.actIn(namespace)) instanceof Denied denied) {
        return denied;
      }
    }
    return new Allowed();
  }

  /** Whether they may act anywhere, also on what is in no pod. */
  public Decision toActAnywhere(String user) {
    return decide(user, rights.act());
  }

  /** The namespaces that somebody may act in who may not act anywhere; in their order. */
  public List<String> actsIn(String user) {
    return rights.actIn().keySet().stream()
        .filter(namespace -> decide(user, rights.actIn(namespace)) instanceof Allowed)
        .sorted()
        .toList();
  }

  /** The empty name stands for what is in no pod, and for the whole node. */
  private static List<String> namespaces(Remedy remedy) {
    return switch (remedy) {
      case Remedy.Kill kill ->
          kill.targets().stream()
              .map(target -> target.pod().map(PodName::namespace).orElse(""))
              .distinct()
              .toList();
      case Remedy.DeletePod delete -> List.of(delete.pod().namespace());
      case Remedy.RaisePidMax raise -> List.of("");
      case Remedy.Undo undo -> List.of("");
    };
  }

  private Decision decide(String user, Names names) {
    if (names.everyone() || names.users().contains(user)) {
      return new Allowed();
    }
    boolean unknown = false;
    for (String group : names.groups()) {
      Optional<Set<String>> members = groups.members(group);
      if (members.isPresent() && members.get().contains(user)) {
        return new Allowed();
      }
      unknown |= members.isEmpty();
    }
    if (unknown) {
      return new Denied(Cause.GROUP_UNKNOWN, names);
    }
    return new Denied(names.equals(Names.NOBODY) ? Cause.NOBODY_NAMED : Cause.NOT_NAMED, names);
  }
}
