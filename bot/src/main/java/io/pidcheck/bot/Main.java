package io.pidcheck.bot;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line. */
@Command(
    name = "pidcheck",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Versions.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Tells why a Kubernetes node can start no more processes.",
    subcommands = {Main.Serve.class})
public final class Main {

  static final int BAD_SETTINGS = 2;

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Main()).setExecutionExceptionHandler(Main::oneLine).execute(arguments));
  }

  // A stack trace helps nobody who only mistyped a port; the log has it when it is a bug.
  private static int oneLine(
      Exception problem, CommandLine commandLine, CommandLine.ParseResult parsed) {
    PrintWriter err = commandLine.getErr();
    if (problem instanceof SettingsException settings) {
      settings.mistakes().forEach(mistake -> err.println("pidcheck: " + mistake));
      return BAD_SETTINGS;
    }
    err.println("pidcheck: " + problem.getMessage());
    return 1;
  }

  static void stopWithTheProcess(AutoCloseable service) {
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("shutdown")
                .unstarted(
                    () -> {
                      try {
                        service.close();
                      } catch (Exception e) {
                        System.err.println("pidcheck: while stopping: " + e.getMessage());
                      }
                    }));
  }

  static void forever() throws InterruptedException {
    new CountDownLatch(1).await();
  }

  static final class Versions implements CommandLine.IVersionProvider {

    @Override
    public String[] getVersion() {
      return new String[] {"pidcheck " + Version.CURRENT};
    }
  }

  @Command(
      name = "serve",
      mixinStandardHelpOptions = true,
      description = "Runs the bot against Slack and Kubernetes.")
  static final class Serve implements Callable<Integer> {

    @Option(names = "--config", paramLabel = "FILE", description = "Settings in YAML.")
    private @Nullable Path config;

    @Override
    public Integer call() throws SettingsException, IOException, InterruptedException {
      Settings settings = SettingsReader.read(Optional.ofNullable(config), System.getenv());
      Bot bot = Bot.start(settings);
      stopWithTheProcess(bot);
      forever();
      return 0;
    }
  }
}
