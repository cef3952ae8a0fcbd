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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** A node as a process of its own, as its launcher starts it. */
final class NodeProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final Process process;
  private final Path output;
  private final int httpPort;
  private final int managementPort;

  private NodeProcess(Process process, Path output, int httpPort, int managementPort) {
    this.process = process;
    this.output = output;
    this.httpPort = httpPort;
    this.managementPort = managementPort;
  }

  /** Starts {@code serve} on free ports, with more of the environment. */
  static NodeProcess start(Path data, Map<String, String> environment) {
    int httpPort = freePort();
    int managementPort = freePort();
    Map<String, String> all = new HashMap<>();
    all.put("KEEPWELL_HTTP_PORT", Integer.toString(httpPort));
    all.put("KEEPWELL_MANAGEMENT_PORT", Integer.toString(managementPort));
    all.put("KEEPWELL_REMOTE_PORT", Integer.toString(freePort()));
    all.put("KEEPWELL_DATA_DIR", data.toString());
    all.putAll(environment);
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.util.concurrent.ForkJoinPool.common.parallelism=2",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                "keepwell.Main",
                "serve"));
    builder.environment().putAll(all);
    try {
      Path output = Files.createTempFile(data, "output", ".txt");
      Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
      return new NodeProcess(process, output, httpPort, managementPort);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static int freePort() {
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
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> status("/ready") == 200);
    return this;
  }

  long pid() {
    return process.pid();
  }

  /** What the management says: 200 if the node is alive, or ready. */
  int status(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + managementPort + path);
    return send(HttpRequest.newBuilder(uri).build()).statusCode();
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + httpPort + path);
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

  String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As {@code kill -9} does it. */
  void kill() {
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
