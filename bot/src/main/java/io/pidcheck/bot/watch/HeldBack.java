package io.pidcheck.bot.watch;

import io.pidcheck.bot.chat.Message;
import io.pidcheck.bot.cluster.AnswerTo;
import java.util.Optional;

/** Whether a node has too few PIDs left for a check that nobody asked for. */
@FunctionalInterface
public interface HeldBack {

  /** What can be told without the probe, where it is held back; empty where it may start. */
  Optional<Message> answer(String node, AnswerTo to);
}
