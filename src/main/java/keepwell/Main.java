package keepwell;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import keepwell.demo.Demo;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. */
@Command(
    name = "keepwell",
    version = "keepwell 0.1.0",
    mixinStandardHelpOptions = true,
    description = "Keeps a live health score for every customer account.",
    subcommands = {Main.Serve.class, Main.DemoCommand.class})
final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    CommandLine commandLine = new CommandLine(new Main());
    commandLine.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          if (!(failure instanceof StartFailure)) {
            throw failure;
          }
          System.err.println("keepwell: " + failure.getMessage());
          return CommandLine.ExitCode.SOFTWARE;
        });
    System.exit(commandLine.execute(arguments));
  }

  @Command(name = "serve", description = "Starts a node.")
  static final class Serve implements Callable<Integer> {
    @Override
    public Integer call() {
      Keepwell node = Keepwell.start(ConfigFactory.load(), InstantSource.system());
      return untilStopped(node);
    }
  }

  @Command(
      name = "demo",
      description = "Starts a node on a fresh embedded database, with a generated portfolio.")
  static final class DemoCommand implements Callable<Integer> {
    @Override
    public Integer call() throws IOException {
      InstantSource real = InstantSource.system();
      Path data = Files.createTempDirectory("keepwell-demo");
      Config config =
          ConfigFactory.load()
              .withValue("keepwell.data-dir", ConfigValueFactory.fromAnyRef(data.toString()))
              .withValue("keepwell.jdbc.url", ConfigValueFactory.fromAnyRef(""));
      Keepwell node = Keepwell.start(config, real);
      Path scorecards = Path.of(System.getProperty("keepwell.conf"), "scorecards/b2b-saas.json");
      new Demo(node.uri(), scorecards, System.out)
          .run(LocalDate.ofInstant(real.instant(), ZoneOffset.UTC));
      return untilStopped(node);
    }
  }

  private static int untilStopped(Keepwell node) {
    Runtime.getRuntime().addShutdownHook(new Thread(node::close, "stop"));
    node.stopped().toCompletableFuture().join();
    return CommandLine.ExitCode.OK;
  }
}
