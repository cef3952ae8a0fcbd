package keepwell.comparison;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A PostgreSQL 15 of its own, as it is installed: everything at its default, and so fsync on. */
final class Postgres implements AutoCloseable {
  private static final Path INSTALLED = Path.of("/usr/lib/postgresql/15/bin");
  private static final String USER = "postgres";

  private final Path folder;
  private final int port;

  Postgres(int port) throws IOException {
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
            folder.resolve("log").toString(),
            "-o",
            "-p " + port + " -k " + folder + " -c max_connections=200",
            "start"));
  }

  private String data() {
    return folder.resolve("data").toString();
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

  String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  String user() {
    return USER;
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
