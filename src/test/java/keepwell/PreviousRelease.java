package keepwell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The release before this one, built from its source once for all runs. */
final class PreviousRelease {
  /** Tagged v0.1.0; named by its commit, as a clone need not have tags. */
  private static final String COMMIT = "5cd37dcf1fcf0308320ebb910185794afe9e927c";

  private static final Path FOLDER = Path.of("target", "previous-release", COMMIT);

  private PreviousRelease() {}

  /** What is on the class path of its launcher. */
  static String classPath() {
    Path home = FOLDER.resolve("target/keepwell").toAbsolutePath();
    try {
      if (Files.notExists(home)) {
        Files.createDirectories(FOLDER);
        run("git", "archive", "--output=" + FOLDER.resolve("source.tar"), COMMIT);
        run("tar", "-xf", FOLDER.resolve("source.tar").toString(), "-C", FOLDER.toString());
        run("mvn", "-q", "-B", "-f", FOLDER.toString(), "-Dmaven.test.skip=true", "package");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return home.resolve("conf") + ":" + home.resolve("lib") + "/*";
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Path log = FOLDER.resolve("build.log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (process.waitFor() != 0) {
      throw new AssertionError(List.of(command) + ": " + Files.readString(log));
    }
  }
}
