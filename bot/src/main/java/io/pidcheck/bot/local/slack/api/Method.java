package io.pidcheck.bot.local.slack.api;

/** One method of the Web API. */
@FunctionalInterface
interface Method {
  Answer call(Arguments arguments);
}
