package io.pidcheck.bot.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.slack.api.util.json.GsonFactory;
import io.pidcheck.bot.chat.Message;
import io.pidcheck.bot.golden.GoldenFiles;
import io.pidcheck.bot.local.slack.blockkit.BlockKit;
import io.pidcheck.bot.message.StatusMessage.Asker;
import io.pidcheck.bot.message.StatusMessage.Status;
import io.pidcheck.bot.message.StatusMessage.Watched;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What the bot says of itself, in both languages. */
class StatusMessageTest {

  private static final GoldenFiles GOLDEN = new GoldenFiles(Path.of("src/test/resources/status"));
  private static final Gson PRETTY =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
  private static final List<Locale> LANGUAGES = List.of(Locale.US, Locale.SIMPLIFIED_CHINESE);
  private static final String SELF = "pidcheck-7d9f_0a1b2c3d";
  private static final String HOSTILE = "<!channel> \u202epidcheck *bold*";

  @Test
  void saysWhoLeadsWhatIsWatchedAndWhatTheAskerMay() {
    for (Locale locale : LANGUAGES) {
      JsonObject all = new JsonObject();
      messages(locale)
          .forEach(
              (name, message) -> {
                JsonObject one = new JsonObject();
                one.addProperty("text", message.text());
                one.add("blocks", GsonFactory.createSnakeCase().toJsonTree(message.blocks()));
                all.add(name, one);
              });
      GOLDEN.compare(
          GOLDEN.root(), "out-" + locale.getLanguage() + ".json", PRETTY.toJson(all) + "\n");
    }
    GOLDEN.holdsExactly(GOLDEN.root(), Set.of("out-en.json", "out-zh.json"));
  }

  @Test
  void isWhatSlackTakesAndInterpretsNothing() {
    for (Locale locale : LANGUAGES) {
      messages(locale)
          .values()
          .forEach(
              message -> {
                String blocks = GsonFactory.createSnakeCase().toJson(message.blocks());
                var json = JsonMapper.builder().build().readTree(blocks);
                assertThat(new BlockKit(file -> true).problemsOfMessage(json)).isEmpty();
                assertThat(blocks).doesNotContain("mrkdwn").doesNotContain("\u202e");
              });
    }
  }

  private static Map<String, Message> messages(Locale locale) {
    Map<String, Message> messages = new LinkedHashMap<>();
    Watched well = new Watched(5_000, Duration.ZERO, Optional.of(2), Optional.of(12));
    Watched first = new Watched(1, Duration.ZERO, Optional.of(1), Optional.empty());
    Watched ill = new Watched(3, Duration.ofMinutes(7), Optional.empty(), Optional.empty());
    Asker acts = new Asker(true, List.of());
    Asker looks = new Asker(false, List.of());
    Asker some = new Asker(false, List.of("shop", "billing"));
    Texts texts = Texts.in(locale);
    messages.put(
        "it leads, the asker may act",
        StatusMessage.of(status(Optional.of(SELF), well), acts, texts));
    messages.put(
        "another leads, the asker may look",
        StatusMessage.of(status(Optional.of("pidcheck-5c2e_9f8e7d6c"), first), looks, texts));
    messages.put(
        "nobody leads, nothing is heard, the asker may act in some namespaces",
        StatusMessage.of(
            new Status("1.2.3", SELF, Optional.empty(), Optional.empty(), ill), some, texts));
    messages.put(
        "a leader's name from somebody else's hand",
        StatusMessage.of(status(Optional.of(HOSTILE), first), looks, texts));
    return messages;
  }

  private static Status status(Optional<String> leader, Watched watched) {
    return new Status("1.2.3", SELF, leader, Optional.of("C0ALERTS"), watched);
  }
}
