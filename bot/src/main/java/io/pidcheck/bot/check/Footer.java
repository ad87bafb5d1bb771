package io.pidcheck.bot.check;

import io.pidcheck.bot.chat.Message;
import io.pidcheck.bot.cluster.AnswerTo;
import io.pidcheck.bot.cluster.CheckJob;
import io.pidcheck.bot.diagnosis.Diagnosis;
import io.pidcheck.bot.evidence.Evidence;
import java.util.Optional;

/** What a check's answer gets below it. */
public interface Footer {

  /** A check that was answered, with what it found. */
  record Found(CheckJob job, Evidence evidence, Diagnosis diagnosis) {}

  /**
   * The same message with something below it; empty where the message has become something else
   * meanwhile, and must stay as it is.
   *
   * @throws io.pidcheck.bot.cluster.ClusterException when the API server cannot be asked
   */
  Optional<Message> under(Found found, AnswerTo answer, Message message);
}
