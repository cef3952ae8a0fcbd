package keepwell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;

/** A node as a process of its own, as its launcher starts it. */
public final class NodeProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String HTTP_HOST = "KEEPWELL_HTTP_HOST";
  private static final String HTTP_PORT = "KEEPWELL_HTTP_PORT";
  private static final String MANAGEMENT_PORT = "KEEPWELL_MANAGEMENT_PORT";
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final Process process;
  private final Path output;
  private final URI http;
  private final URI management;

  private NodeProcess(Process process, Path output, URI http, URI management) {
    this.process = process;
    this.output = output;
    this.http = http;
    this.management = management;
  }

  /**
   * Starts {@code serve}.
   *
   * @param data the folder of its data and its output
   * @param environment more of it than free ports
   * @param jvmOptions they outweigh those that every node has
   */
  public static NodeProcess start(
      Path data, Map<String, String> environment, String... jvmOptions) {
    return of(System.getProperty("java.class.path"), data, environment, jvmOptions);
  }

  /** Starts {@code serve} of another release. */
  static NodeProcess of(
      String classPath, Path data, Map<String, String> environment, String... jvmOptions) {
    Map<String, String> all = new HashMap<>();
    all.putAll(freePorts(HTTP_PORT, MANAGEMENT_PORT, "KEEPWELL_REMOTE_PORT"));
    all.put(HTTP_HOST, "127.0.0.1");
    all.put("KEEPWELL_DATA_DIR", data.toString());
    all.putAll(environment);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Djava.util.concurrent.ForkJoinPool.common.parallelism=2");
    command.add("-XX:TieredStopAtLevel=1"); // as the tests themselves have it
    command.add("-Xmx512m");
    command.addAll(List.of("-cp", classPath));
    command.addAll(List.of(jvmOptions));
    command.addAll(List.of("keepwell.Main", "serve"));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(all);
    try {
      Path output = Files.createTempFile(data, "output", ".txt");
      Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
      return new NodeProcess(
          process,
          output,
          URI.create("http://" + all.get(HTTP_HOST) + ":" + all.get(HTTP_PORT)),
          URI.create("http://127.0.0.1:" + all.get(MANAGEMENT_PORT)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> freePorts(String... names) {
    Map<String, String> ports = new HashMap<>();
    while (ports.values().stream().distinct().count() < names.length) {
      for (String name : names) {
        ports.put(name, Integer.toString(freePort()));
      }
    }
    return ports;
  }

  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  NodeProcess untilReady() {
    Awaitility.await()
        .atMost(PATIENCE)
        .failFast("the node has ended", () -> !process.isAlive())
        .until(this::isReady);
    return this;
  }

  long pid() {
    return process.pid();
  }

  /** Whether it says that it is ready, within a second. */
  public boolean isReady() throws InterruptedException {
    try {
      return status("/ready", Duration.ofSeconds(1)) == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** What the management says: 200 if the node is alive, or ready. */
  int status(String path) throws IOException, InterruptedException {
    return status(path, Duration.ofSeconds(30));
  }

  private int status(String path, Duration patience) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(management.resolve(path)).timeout(patience).build())
        .statusCode();
  }

  String metrics() throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(management.resolve("/metrics")).build()).body();
  }

  URI uri(String path) {
    return http.resolve(path);
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri(path)).build());
  }

  HttpResponse<String> post(String path, String type, String body)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private static HttpResponse<String> send(HttpRequest request)
      throws IOException, InterruptedException {
    return CLIENT.send(request, BodyHandlers.ofString());
  }

  /** Waits for its end, and returns its exit code. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS)) {
      throw new AssertionError("still running: " + output());
    }
    return process.exitValue();
  }

  /** Completes when it has ended, whatever of. */
  public CompletableFuture<?> ended() {
    return process.onExit();
  }

  /** Sends it a signal, e.g. {@code STOP}. */
  public void signal(String name) throws IOException, InterruptedException {
    if (process.isAlive()) {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }
  }

  String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As {@code kill -9} does it. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** As {@code kill} does it. */
  int stop() throws InterruptedException {
    process.destroy();
    return exitCode();
  }

  @Override
  public void close() {
    kill();
  }
}
