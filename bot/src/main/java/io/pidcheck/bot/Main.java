package io.pidcheck.bot;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
    subcommands = {Main.Serve.class, Main.Local.class})
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

  @Command(
      name = "local",
      mixinStandardHelpOptions = true,
      description = "Runs the bot with a Slack workspace and a cluster on this machine.")
  static final class Local implements Callable<Integer> {

    private static final int PORT = 8065;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Option(
        names = "--port",
        defaultValue = "" + PORT,
        description = "The page's port; 0 for any. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(names = "--no-open", description = "Do not open a browser.")
    private boolean noOpen;

    @Option(
        names = "--explode",
        paramLabel = "N",
        description = "Start a process with N threads, for something to find.")
    private int explode;

    @Option(
        names = "--standby",
        description = "The probe also stands by on the embedded cluster's node.")
    private boolean standby;

    @Option(
        names = "--kubeconfig",
        paramLabel = "FILE",
        description = "Use this cluster instead of the embedded one.")
    private @Nullable Path kubeconfig;

    @Option(names = "--config", paramLabel = "FILE", description = "Settings in YAML.")
    private @Nullable Path config;

    @Override
    public Integer call() throws Exception {
      if (port < 0 || port > 65_535) {
        throw new IllegalArgumentException("--port must be from 0 to 65535, not " + port);
      }
      if (explode < 0) {
        throw new IllegalArgumentException("--explode must be a number of threads, not " + explode);
      }
      LocalMode local =
          LocalMode.start(
              new LocalMode.Options(
                  port,
                  explode,
                  standby,
                  Optional.ofNullable(kubeconfig),
                  Optional.ofNullable(config),
                  Path.of(System.getProperty("pidcheck.root", "."))),
              System.getenv());
      stopWithTheProcess(local);
      local.ready().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      System.out.println("pidcheck local: " + local.address());
      System.out.println("Type there: /pidcheck node " + local.node().orElse("<name>"));
      if (!noOpen) {
        Browser.open(local.address());
      }
      forever();
      return 0;
    }
  }
}
