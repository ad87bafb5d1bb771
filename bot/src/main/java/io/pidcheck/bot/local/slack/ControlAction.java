package io.pidcheck.bot.local.slack;

import tools.jackson.databind.JsonNode;

/** Something beside the workspace that the control API can ask for, such as a restart. */
@FunctionalInterface
public interface ControlAction {

  /**
   * Runs on a virtual thread and may block.
   *
   * @param body the JSON object that was posted
   * @return the JSON object to answer
   */
  JsonNode run(JsonNode body);
}
