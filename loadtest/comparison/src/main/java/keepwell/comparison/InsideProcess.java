package keepwell.comparison;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A main class that is told what to measure, in a process of its own. */
final class InsideProcess implements AutoCloseable {
  private static final String RESULT = "RESULT ";

  private final Process process;
  private final BufferedWriter to;
  private final BufferedReader from;

  /**
   * @param flags of the virtual machine
   */
  InsideProcess(Class<?> main, List<String> flags, Path log, String url, String user)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow());
    builder.command().addAll(flags);
    builder
        .command()
        .addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName(), url, user));
    this.process = builder.redirectError(log.toFile()).start();
    this.to = process.outputWriter(StandardCharsets.UTF_8);
    this.from = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Measures something; the numbers that came of it. */
  double[] measure(String what) throws IOException {
    to.write(what + "\n");
    to.flush();
    for (String line = from.readLine(); line != null; line = from.readLine()) {
      if (line.startsWith(RESULT)) {
        return Arrays.stream(line.substring(RESULT.length()).split(" "))
            .mapToDouble(Double::parseDouble)
            .toArray();
      }
    }
    throw new EOFException("the process has ended");
  }

  @Override
  public void close() {
    process.destroy();
  }
}
