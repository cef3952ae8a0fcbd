package keepwell.faults;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A PostgreSQL server that can crash, and come back with what it had. */
final class Postgres implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String CONFLICT =
      "duplicate key value violates unique constraint \"event_journal_pkey\"";

  private final Path data;
  private final Path log;
  private final EmbeddedPostgres server;

  Postgres(Path folder) throws IOException {
    this.data = folder.resolve("postgres");
    this.log = folder.resolve("postgres.log");
    this.server =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setServerConfig("synchronous_commit", "on") // off by default, in tests
            .setOutputRedirector(appending())
            .setErrorRedirector(appending())
            .start();
  }

  private ProcessBuilder.Redirect appending() {
    return ProcessBuilder.Redirect.appendTo(log.toFile());
  }

  int port() {
    return server.getPort();
  }

  String url() {
    return server.getJdbcUrl("postgres", "postgres");
  }

  /** Ends it at once, as a crash would, and starts it again; it then recovers from its log. */
  void crash() throws IOException, InterruptedException {
    ProcessHandle postmaster = ProcessHandle.of(postmaster()).orElseThrow();
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("unshare", "-U")); // PostgreSQL refuses to run as root
    }
    command.add(postmaster.info().command().orElseThrow());
    command.addAll(List.of(postmaster.info().arguments().orElseThrow()));
    new ProcessBuilder("kill", "-QUIT", Long.toString(postmaster.pid())).start().waitFor();
    postmaster.onExit().join();
    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(appending()).start();
    Awaitility.await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(SQLException.class)
        .until(
            () -> {
              DriverManager.getConnection(url()).close();
              return true;
            });
  }

  /** How often somebody tried to store an event where there was one. */
  long conflicts() throws IOException {
    try (Stream<String> lines = Files.lines(log)) {
      return lines.filter(line -> line.contains(CONFLICT)).count();
    }
  }

  private long postmaster() throws IOException {
    return Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
