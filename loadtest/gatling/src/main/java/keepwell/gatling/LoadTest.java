package keepwell.gatling;

import io.gatling.app.Gatling$;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import keepwell.node.Node;

/**
 * Runs one simulation, against a node that it starts or one that runs, and ends with a table and a
 * verdict: the process ends with 0 only if all is as it should be.
 */
public final class LoadTest {
  private LoadTest() {}

  /**
   * @param args the distribution, and a folder for reports, logs and the node's data
   */
  public static void main(String[] args) {
    int code = 1;
    try {
      code = run(Path.of(args[0]), Path.of(args[1])) ? 0 : 1;
    } catch (IOException | IllegalArgumentException e) {
      System.err.println("Failed: " + e.getMessage());
    } catch (InterruptedException e) {
      System.err.println("Interrupted");
    }
    System.exit(code); // whatever of Gatling still runs
  }

  private static boolean run(Path distribution, Path folder)
      throws IOException, InterruptedException {
    if (Parameters.url().isPresent()) {
      return runs(folder, false);
    }
    Path files = Files.createTempDirectory(folder, "node-");
    System.out.println("The node's log and data are in " + files);
    if (!Parameters.postgres()) {
      return started(
          distribution,
          folder,
          files,
          Map.of("KEEPWELL_DATA_DIR", files.resolve("data").toString()));
    }
    try (EmbeddedPostgres postgres =
        EmbeddedPostgres.builder()
            .setServerConfig("synchronous_commit", "on") // off by default, in tests
            .start()) {
      return started(
          distribution,
          folder,
          files,
          Map.of("KEEPWELL_JDBC_URL", postgres.getJdbcUrl("postgres", "postgres")));
    }
  }

  private static boolean started(
      Path distribution, Path folder, Path files, Map<String, String> database)
      throws IOException, InterruptedException {
    try (Node node = new Node(distribution, files.resolve("node.log"), database)) {
      Parameters.putUrl(node.uri(""));
      return runs(folder, true);
    }
  }

  /**
   * @param own whether nobody else sends to the node
   */
  private static boolean runs(Path folder, boolean own) throws IOException, InterruptedException {
    Catalogue catalogue = new Catalogue(Parameters.url().orElseThrow(), Parameters.key());
    long before = catalogue.signals();
    String simulation = LoadTest.class.getPackageName() + "." + Parameters.simulation();
    String results = folder.resolve("gatling").toString();
    // Its main method would end the process, before there is a verdict.
    int code = Gatling$.MODULE$.fromArgs(new String[] {"-s", simulation, "-rf", results});
    Verdict verdict = new Verdict(Measured.all());
    List<String> faults = new ArrayList<>(verdict.faults());
    if (code != 0) {
      faults.add("Gatling ended with " + code);
    }
    System.out.println();
    verdict.print(System.out);
    System.out.printf("%nSignals acknowledged: %,d%n", verdict.acknowledged());
    if (own) {
      long counted = catalogue.signals(before + verdict.acknowledged()) - before;
      System.out.printf("Signals counted by the node: %,d%n", counted);
      faults.addAll(verdict.miscounted(counted));
    }
    System.out.println(faults.isEmpty() ? "\nAll as it should be" : "\nNot as it should be:");
    faults.forEach(fault -> System.out.println("- " + fault));
    return faults.isEmpty();
  }
}
