package keepwell;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import keepwell.demo.Demo;
import keepwell.demo.DemoClock;
import keepwell.portfolio.Reconciler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line. */
@Command(
    name = "keepwell",
    versionProvider = Main.Version.class,
    mixinStandardHelpOptions = true,
    description = "Keeps a live health score for every customer account.",
    subcommands = {
      Main.Serve.class,
      Main.DemoCommand.class,
      Main.Reconcile.class,
      KeyCommand.class
    })
final class Main {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);

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

  /** From the manifest of the jar. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"keepwell " + Main.class.getPackage().getImplementationVersion()};
    }
  }

  @Command(name = "serve", description = "Starts a node.")
  static final class Serve implements Callable<Integer> {
    @Override
    public Integer call() throws InterruptedException {
      AtomicReference<Keepwell> node = new AtomicReference<>(start());
      stopAtExit(() -> node.get().close());
      while (node.get().untilStopped()) {
        LOG.atWarn().log("Node has stopped by itself; starts again");
        node.set(startAgain());
      }
      return CommandLine.ExitCode.SOFTWARE;
    }

    private static Keepwell start() {
      return Keepwell.start(ConfigFactory.load(), InstantSource.system());
    }

    /** What kept a node from going on may keep it from starting for a while. */
    private static Keepwell startAgain() throws InterruptedException {
      while (true) {
        try {
          return start();
        } catch (StartFailure e) {
          LOG.atWarn().addKeyValue("problem", e.getMessage()).log("Node does not start yet");
          TimeUnit.SECONDS.sleep(1);
        }
      }
    }
  }

  @Command(
      name = "demo",
      description = "Starts a node on a fresh embedded database, with a generated portfolio.")
  static final class DemoCommand implements Callable<Integer> {
    @Override
    public Integer call() throws IOException, URISyntaxException {
      DemoClock clock = new DemoClock(InstantSource.system());
      Path data = Files.createTempDirectory("keepwell-demo");
      Config own =
          ConfigFactory.parseMap(
              Map.of(
                  "keepwell.data-dir", data.toString(),
                  "keepwell.jdbc.url", "",
                  "keepwell.api-keys", "",
                  "keepwell.http.tls.certificate", "",
                  "keepwell.http.tls.key", "",
                  "keepwell.zone", "UTC",
                  "keepwell.clock.start", "",
                  "keepwell.clock.speed", 1));
      Keepwell node = Keepwell.start(own.withFallback(ConfigFactory.load()), clock);
      stopAtExit(
          () -> {
            node.close();
            delete(data);
          });
      Path scorecards = Path.of(Main.class.getResource("/scorecards/b2b-saas.json").toURI());
      Demo demo = new Demo(node.uri(), scorecards, System.out);
      demo.live(clock);
      demo.watch();
      node.untilStopped();
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  @Command(
      name = "reconcile",
      description =
          "Compares lists, feed and sums with the journal, account by account. May run beside nodes"
              + " on PostgreSQL; an embedded database is used by one process at a time.")
  static final class Reconcile implements Callable<Integer> {
    @Option(names = "--repair", description = "Makes what differs as the journal has it.")
    private boolean repair;

    @Override
    public Integer call() {
      Reconciler.Report report =
          Reconciliation.run(ConfigFactory.load(), InstantSource.system(), repair);
      report.told().forEach(System.out::println);
      System.out.printf(
          "%d accounts and %d tier changes compared with the journal: %d differences%s%n",
          report.accounts(),
          report.changes(),
          report.differences(),
          repair && report.differences() > 0 ? ", repaired" : "");
      return report.differences() == 0 || repair
          ? CommandLine.ExitCode.OK
          : CommandLine.ExitCode.SOFTWARE;
    }
  }

  private static void stopAtExit(Runnable stop) {
    Runtime.getRuntime().addShutdownHook(new Thread(stop, "stop"));
  }

  private static void delete(Path folder) {
    try {
      MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
    } catch (IOException e) {
      System.err.println("keepwell: cannot delete " + folder);
    }
  }
}
