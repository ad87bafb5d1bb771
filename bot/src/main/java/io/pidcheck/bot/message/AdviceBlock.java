package io.pidcheck.bot.message;

import com.slack.api.model.block.LayoutBlock;
import io.pidcheck.bot.diagnosis.Advice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What to do, in order: each with its command, and with what it will and will not achieve. */
final class AdviceBlock {

  private static final int REMEDIES = 6;
  private static final int OF_ONE_KIND = 3;

  private final Texts texts;
  private final AdviceWords words;

  AdviceBlock(Texts texts) {
    this.texts = texts;
    this.words = new AdviceWords(texts);
  }

  Optional<LayoutBlock> block(List<Advice> advice) {
    if (advice.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Rich()
            .say(texts, "advice.head")
            .numbered(byKind(advice).stream().limit(REMEDIES).map(this::item).toList())
            .block());
  }

  /** Two processes to kill are one thing to do. */
  private static List<List<Advice>> byKind(List<Advice> advice) {
    Map<Class<?>, List<Advice>> kinds = new LinkedHashMap<>();
    for (Advice one : advice) {
      kinds.computeIfAbsent(one.getClass(), kind -> new ArrayList<>()).add(one);
    }
    return List.copyOf(kinds.values());
  }

  private Rich item(List<Advice> kind) {
    Rich rich = new Rich();
    List<Advice> shown = kind.subList(0, Math.min(OF_ONE_KIND, kind.size()));
    for (Advice one : shown) {
      rich.and(words.what(one));
      words.commands(one).forEach(command -> rich.newLine().code(command));
      rich.newLine();
    }
    if (kind.size() > shown.size()) {
      rich.say(texts, "advice.more", kind.size() - shown.size()).newLine();
    }
    List<Rich> effects =
        shown.stream().map(Advice::effect).distinct().map(effect -> effect(effect, texts)).toList();
    for (int i = 0; i < effects.size(); i++) {
      rich.plain(i == 0 ? "" : "\n").and(effects.get(i));
    }
    return rich;
  }

  static Rich effect(Advice.Effect effect, Texts texts) {
    return new Rich()
        .say(texts, "will." + effect.will().name())
        .say(texts, "advice.between")
        .say(texts, "willNot." + effect.willNot().name());
  }
}
