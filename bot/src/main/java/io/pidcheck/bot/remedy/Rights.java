package io.pidcheck.bot.remedy;

import java.util.Map;

/**
 * Who may do what, as the settings have it.
 *
 * @param look ask about nodes
 * @param act kill, raise, delete, anywhere
 * @param actIn the same on pods of one namespace, by its name
 */
public record Rights(Names look, Names act, Map<String, Names> actIn) {

  public Rights {
    actIn = Map.copyOf(actIn);
  }

  /** Who may act on a pod of this namespace; with an empty name, on what is in no pod. */
  public Names actIn(String namespace) {
    return act.and(actIn.getOrDefault(namespace, Names.NOBODY));
  }
}
