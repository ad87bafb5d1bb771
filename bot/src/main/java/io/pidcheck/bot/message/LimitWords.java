package io.pidcheck.bot.message;

import io.pidcheck.bot.diagnosis.LimitUse;

/** One ceiling with its figures. */
final class LimitWords {

  private static final int PATH = 120;

  private LimitWords() {}

  static Rich of(LimitUse limit, Texts texts) {
    return new Rich()
        .say(
            texts,
            "limit." + limit.kind().name(),
            Foreign.line(limit.path(), PATH),
            limit.used(),
            limit.limit(),
            texts.percent(limit.usedShare()));
  }
}
