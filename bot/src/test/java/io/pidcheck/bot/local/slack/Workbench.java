package io.pidcheck.bot.local.slack;

import io.pidcheck.bot.local.slack.workspace.SlashCommand;
import java.util.List;
import java.util.Map;

/** A workspace whose time stands still unless a test moves it, and something to drive it. */
record Workbench(LocalSlack slack, HandClock clock, Driver driver) implements AutoCloseable {

  static Workbench open() {
    return open(Map.of());
  }

  static Workbench open(Map<String, ControlAction> controls) {
    HandClock clock = new HandClock();
    List<SlashCommand> commands =
        List.of(new SlashCommand("/pidcheck", "node <name>", "Checks a node"));
    LocalSlack slack = LocalSlack.start(new LocalSlack.Options(0, commands, controls, clock));
    return new Workbench(slack, clock, new Driver(slack));
  }

  @Override
  public void close() {
    slack.close();
  }
}
