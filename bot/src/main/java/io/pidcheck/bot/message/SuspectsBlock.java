package io.pidcheck.bot.message;

import com.slack.api.model.block.LayoutBlock;
import io.pidcheck.bot.diagnosis.Suspicion;
import io.pidcheck.bot.diagnosis.Suspicion.Finding;
import java.util.List;
import java.util.Optional;

/** The explanations that people reach for first: in a line or two, or each with its reason. */
final class SuspectsBlock {

  private final Texts texts;

  SuspectsBlock(Texts texts) {
    this.texts = texts;
  }

  /** What is suspected first; of the rest only memory with its figures. */
  Optional<LayoutBlock> brief(List<Suspicion> suspicions) {
    Rich rich = new Rich();
    boolean said = false;
    for (Finding finding : List.of(Finding.SUSPECTED, Finding.RULED_OUT, Finding.NOT_RULED_OUT)) {
      List<Suspicion> these =
          suspicions.stream().filter(suspicion -> suspicion.finding() == finding).toList();
      if (!these.isEmpty()) {
        rich.plain(said ? "\n" : "").and(line(finding, these));
        said = true;
      }
    }
    return said ? Optional.of(rich.block()) : Optional.empty();
  }

  private Rich line(Finding finding, List<Suspicion> suspicions) {
    Rich rich = new Rich().say(texts, "suspects." + finding.name());
    String between = "";
    for (Suspicion one : suspicions) {
      rich.plain(between).say(texts, "suspect." + one.suspect().name());
      boolean measured = inBytes(one) && !one.figures().isEmpty();
      if (finding == Finding.SUSPECTED || measured) {
        rich.say(texts, "suspects.because", reason(one));
      }
      between = texts.get("gap.comma");
    }
    return rich;
  }

  LayoutBlock full(List<Suspicion> suspicions) {
    return new Rich().say(texts, "suspects.head").list(lines(suspicions)).block();
  }

  List<Rich> lines(List<Suspicion> suspicions) {
    return suspicions.stream()
        .map(
            one ->
                new Rich()
                    .say(texts, "suspect." + one.suspect().name())
                    .say(texts, "finding." + one.finding().name())
                    .plain(reason(one)))
        .toList();
  }

  /** Without marks. */
  String reason(Suspicion suspicion) {
    Object[] figures =
        suspicion.figures().stream()
            .map(figure -> inBytes(suspicion) ? texts.bytes(figure) : texts.number(figure))
            .toArray();
    String key = "suspicion." + suspicion.reason().name();
    return texts.get(figures.length == 0 ? bare(key) : key, figures);
  }

  private static boolean inBytes(Suspicion suspicion) {
    return suspicion.suspect() == Suspicion.Suspect.MEMORY;
  }

  // Memory may be short by what the node's condition says alone.
  private static String bare(String reason) {
    return switch (reason) {
      case "suspicion.MEMORY_IS_SHORT",
          "suspicion.MEMORY_RAN_OUT",
          "suspicion.MEMORY_WAS_REFUSED",
          "suspicion.ONLY_ONE_CONTAINER_RAN_OUT" ->
          reason + ".bare";
      default -> reason;
    };
  }
}
