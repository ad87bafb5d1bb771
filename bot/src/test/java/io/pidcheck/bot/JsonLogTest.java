package io.pidcheck.bot;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonLogTest {

  @Test
  void saysAMessageWithItsArgumentsInIt() throws JoranException {
    JsonNode line = logged("{} restarted, {} in all", "calico-node", 3);
    assertThat(line.path("formattedMessage").asString(""))
        .isEqualTo("calico-node restarted, 3 in all");
    assertThat(line.path("level").asString("")).isEqualTo("INFO");
  }

  private static JsonNode logged(String message, Object... arguments) throws JoranException {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    context.putProperty("PIDCHECK_LOG_FORMAT", "JSON");
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(JsonLogTest.class.getResource("/logback.xml"));
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    ConsoleAppender<ILoggingEvent> json = (ConsoleAppender<ILoggingEvent>) root.getAppender("JSON");
    byte[] line =
        json.getEncoder().encode(new LoggingEvent("", root, Level.INFO, message, null, arguments));
    context.stop();
    return JsonMapper.builder().build().readTree(new String(line, StandardCharsets.UTF_8));
  }
}
