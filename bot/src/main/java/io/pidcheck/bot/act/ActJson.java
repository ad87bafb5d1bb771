package io.pidcheck.bot.act;

import io.pidcheck.probe.report.KillResult;
import io.pidcheck.probe.report.RemedyResult;
import io.pidcheck.probe.report.SysctlResult;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON of acts: in a button's value, in a Job's annotations, on the program's output. What does
 * not say all it must, or says more than it may, is no act.
 */
public final class ActJson {

  private static final JsonMapper STRICT =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  // a newer program on the node may say more
  private static final JsonMapper LENIENT =
      STRICT.rebuild().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private ActJson() {}

  public static String write(Remedy remedy) {
    return STRICT.writerFor(Remedy.class).writeValueAsString(remedy);
  }

  public static String write(Story story) {
    return STRICT.writeValueAsString(story);
  }

  /** Empty where the text is not exactly one act within its bounds. */
  public static Optional<Remedy> remedy(String json) {
    return read(STRICT, json, Remedy.class);
  }

  public static Optional<Story> story(String json) {
    return read(STRICT, json, Story.class);
  }

  /** What the program on the node wrote; empty where it is no complete result. */
  public static Optional<RemedyResult> result(String json) {
    try {
      JsonNode tree = LENIENT.readTree(json);
      Class<? extends RemedyResult> type =
          tree.path("kind").asString("").equals("kill") ? KillResult.class : SysctlResult.class;
      RemedyResult result = LENIENT.treeToValue(tree, type);
      return Optional.ofNullable(result).filter(read -> read.version() == RemedyResult.VERSION);
    } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
      return Optional.empty();
    }
  }

  private static <T> Optional<T> read(JsonMapper mapper, String json, Class<T> type) {
    try {
      return Optional.ofNullable(mapper.readValue(json, type));
    } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
      return Optional.empty();
    }
  }
}
