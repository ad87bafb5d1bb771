package io.pidcheck.bot.message;

import io.pidcheck.bot.diagnosis.Level;
import io.pidcheck.bot.diagnosis.LimitUse;
import io.pidcheck.bot.diagnosis.Trend;
import io.pidcheck.bot.diagnosis.Verdict;
import java.util.Optional;

/** The line that tells all: how bad, and by which figures. */
final class VerdictWords {

  private static final int PATH = 120;
  private static final int NODE = 253;

  private final Texts texts;

  VerdictWords(Texts texts) {
    this.texts = texts;
  }

  /**
   * @param threads in use, for where no ceiling is known
   */
  Rich line(Verdict verdict, String node, long threads) {
    Rich rich = new Rich().emoji(emoji(verdict.level())).plain(" ");
    rich.and(sentence(verdict, node, threads));
    verdict
        .deciding()
        .ifPresent(
            limit ->
                rich.newLine()
                    .code(Bar.of(limit.usedShare()))
                    .plain(" ")
                    .bold(texts.percent(limit.usedShare())));
    return rich;
  }

  /** The same in words alone. */
  Rich sentence(Verdict verdict, String node, long threads) {
    Rich rich = new Rich().bold(Foreign.line(node, NODE)).plain(" ");
    String key = "verdict." + verdict.reason().name();
    if (verdict.deciding().isEmpty()) {
      return rich.say(texts, key + ".bare", threads);
    }
    LimitUse limit = verdict.deciding().get();
    return rich.say(texts, key, where(limit), limit.used(), limit.limit(), limit.free());
  }

  /** What the ceiling is a ceiling of. */
  String where(LimitUse limit) {
    String key =
        switch (limit.kind()) {
          case PID_MAX, THREADS_MAX, NPROC -> limit.kind().name();
          case CGROUP -> limit.kind().name() + "." + limit.scope().name();
        };
    return texts.get("where." + key, Foreign.line(limit.path(), PATH));
  }

  static String emoji(Level level) {
    return switch (level) {
      case HEALTHY -> "large_green_circle";
      case WARNING -> "large_yellow_circle";
      case CRITICAL -> "red_circle";
      case UNKNOWN -> "white_circle";
    };
  }

  Rich trend(Trend trend) {
    String key = "trend." + trend.direction().name();
    long rate = Math.round(Math.abs(trend.tasksPerSecond()));
    Optional<String> full =
        trend.untilFull().map(left -> texts.get("trend.until-full", texts.duration(left)));
    return new Rich().say(texts, key, rate).plain(full.orElse(""));
  }
}
