package keepwell.comparison;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A PostgreSQL 15 of its own, as it is installed: everything at its default, and so fsync on. */
final class Postgres implements AutoCloseable {
  private static final Path INSTALLED = Path.of("/usr/lib/postgresql/15/bin");
  private static final String USER = "postgres";
  private static final String OWN_LINE = " LOG:  ";
  private static final String PLAN = "plan:";
  private static final Duration RELOADED = Duration.ofMillis(500);

  /** Lets {@link #explain} work; costs nothing before. */
  static final String EXPLAINING = "-c session_preload_libraries=auto_explain";

  private final Path folder;
  private final int port;

  Postgres(int port) throws IOException {
    this(port, "");
  }

  /**
   * @param options beside the defaults
   */
  Postgres(int port, String options) throws IOException {
    this.port = port;
    this.folder = Files.createTempDirectory("keepwell-comparison");
    if (isRoot()) { // as whom PostgreSQL refuses to run
      run("chown", USER, folder.toString());
    }
    run(own("initdb", "--auth=trust", "--username=" + USER, "-D", data()));
    run(
        own(
            "pg_ctl",
            "-D",
            data(),
            "-w",
            "-l",
            log().toString(),
            "-o",
            "-p " + port + " -k " + folder + " -c max_connections=200 " + options,
            "start"));
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  private Path log() {
    return folder.resolve("log");
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  /** A program of PostgreSQL, as its user. */
  private static String[] own(String program, String... arguments) {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(List.of("runuser", "-u", USER, "--"));
    }
    command.add(INSTALLED.resolve(program).toString());
    command.addAll(List.of(arguments));
    return command.toArray(String[]::new);
  }

  private static String run(String... command) throws IOException {
    Path out = Files.createTempFile("keepwell-comparison", ".out");
    Process process =
        new ProcessBuilder(command)
            .directory(Path.of("/").toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    int code = process.onExit().join().exitValue();
    String said = Files.readString(out, StandardCharsets.UTF_8);
    Files.delete(out);
    if (code != 0) {
      throw new IOException(String.join(" ", command) + " failed: " + said);
    }
    return said;
  }

  /** A new database. */
  void create(String database) throws IOException {
    client("psql", "-qc", "CREATE DATABASE " + database, "postgres");
  }

  /**
   * Runs a script that is beside this class.
   *
   * @param variables of psql
   */
  void run(String database, String script, Map<String, String> variables) throws IOException {
    Path file = Files.createTempFile("keepwell-comparison", ".sql");
    try (InputStream sql = Postgres.class.getResourceAsStream(script)) {
      Files.write(file, sql.readAllBytes());
    }
    List<String> arguments = new ArrayList<>(List.of("-q", "--set=ON_ERROR_STOP=1"));
    variables.forEach((name, value) -> arguments.add("--set=" + name + "=" + value));
    arguments.addAll(List.of("--file=" + file, database));
    client("psql", arguments.toArray(String[]::new));
    Files.delete(file);
  }

  /** Runs one of the programs that connect to it, and returns what it says. */
  String client(String program, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                INSTALLED.resolve(program).toString(),
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(port),
                "-U",
                USER));
    command.addAll(List.of(arguments));
    return run(command.toArray(String[]::new));
  }

  /**
   * How it does something: the plans of statements that take long, as it executes them.
   *
   * @param atLeast how long
   */
  String explain(Duration atLeast, Callable<?> asked) throws Exception {
    setExplained(Long.toString(atLeast.toMillis()));
    long from = Files.size(log());
    asked.call();
    setExplained("-1");
    try (InputStream said = Files.newInputStream(log())) {
      said.skipNBytes(from);
      return new String(said.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.contains(OWN_LINE) || line.contains(PLAN))
          .collect(Collectors.joining("\n"));
    }
  }

  private void setExplained(String millis) throws IOException, InterruptedException {
    client(
        "psql",
        "--quiet",
        "--command=ALTER SYSTEM SET auto_explain.log_min_duration = " + millis,
        "--command=ALTER SYSTEM SET auto_explain.log_analyze = on",
        "--command=ALTER SYSTEM SET auto_explain.log_buffers = on",
        "--command=ALTER SYSTEM SET auto_explain.log_timing = off",
        "--command=SELECT pg_reload_conf()",
        "postgres");
    Thread.sleep(RELOADED.toMillis());
  }

  String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  String user() {
    return USER;
  }

  /** CPU time of all of its processes that are there. */
  Duration cpu() throws IOException {
    String pid = Files.readAllLines(folder.resolve("data/postmaster.pid")).get(0);
    return ProcessHandle.of(Long.parseLong(pid))
        .orElseThrow()
        .children()
        .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  @Override
  public void close() throws IOException {
    run(own("pg_ctl", "-D", data(), "-w", "-m", "immediate", "stop"));
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(Postgres::delete);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
