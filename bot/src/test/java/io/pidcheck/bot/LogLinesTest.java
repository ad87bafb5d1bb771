package io.pidcheck.bot;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** PIDCHECK_LOG_FORMAT=JSON, as the service's own logback.xml has it. */
class LogLinesTest {

  private static final String ODD = "a \"quote\"\nand a\tline\u0007 \\ 中文 \ud83d\ude00 \u2028}";

  @Test
  void areOneObjectEachWhateverIsInThem() throws Exception {
    LoggerContext context = context();
    ConsoleAppender<ILoggingEvent> console = console(context);
    ListAppender<ILoggingEvent> events = new ListAppender<>();
    events.setContext(context);
    events.start();
    ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.detachAppender(console);
    root.addAppender(events);
    Logger log = context.getLogger("io.pidcheck.bot.Odd");
    log.atInfo().log("plain");
    log.atWarn().addKeyValue("node", ODD).addKeyValue("took", Duration.ofSeconds(2)).log(ODD);
    log.atError()
        .addKeyValue("pid", 17)
        .setCause(new IOException(ODD, new IllegalStateException(ODD)))
        .log("failed: {}", ODD);

    assertThat(events.list).hasSize(3);
    JsonNode odd = line(console, events.list.get(1));
    assertThat(odd.path("message").asString()).isEqualTo(ODD);
    assertThat(odd.path("level").asString()).isEqualTo("WARN");
    assertThat(odd.path("kvpList").path(0).path("node").asString()).isEqualTo(ODD);
    JsonNode failed = line(console, events.list.get(2));
    assertThat(failed.path("throwable").path("message").asString()).isEqualTo(ODD);
    assertThat(failed.path("throwable").path("cause").path("message").asString()).isEqualTo(ODD);
    assertThat(failed.path("formattedMessage").asString()).isEqualTo("failed: " + ODD);
    assertThat(line(console, events.list.get(0)).path("timestamp").isNumber()).isTrue();
  }

  @Test
  void sayAMessageWithItsArgumentsInIt() throws Exception {
    LoggerContext context = context();
    ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    Object[] arguments = {"calico-node", 3};
    JsonNode said =
        line(
            console(context),
            new LoggingEvent("", root, Level.INFO, "{} restarted, {} in all", null, arguments));
    assertThat(said.path("formattedMessage").asString(""))
        .isEqualTo("calico-node restarted, 3 in all");
    assertThat(said.path("level").asString("")).isEqualTo("INFO");
  }

  private static JsonNode line(ConsoleAppender<ILoggingEvent> console, ILoggingEvent event) {
    String text = new String(console.getEncoder().encode(event), StandardCharsets.UTF_8);
    assertThat(text).endsWith("\n");
    assertThat(text.substring(0, text.length() - 1)).doesNotContain("\n").doesNotContain("\r");
    JsonNode line = JsonMapper.builder().build().readTree(text);
    assertThat(line.isObject()).as(text).isTrue();
    return line;
  }

  private static LoggerContext context() throws JoranException {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    context.putProperty("PIDCHECK_LOG_FORMAT", "JSON");
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(
        Objects.requireNonNull(LogLinesTest.class.getResource("/logback.xml")));
    return context;
  }

  private static ConsoleAppender<ILoggingEvent> console(LoggerContext context) {
    Appender<ILoggingEvent> appender =
        context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("JSON");
    return (ConsoleAppender<ILoggingEvent>) Objects.requireNonNull(appender);
  }
}
