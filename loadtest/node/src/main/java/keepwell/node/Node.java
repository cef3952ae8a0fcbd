package keepwell.node;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A node as it is distributed and started, in a process of its own. */
public final class Node implements AutoCloseable {
  private static final Duration START_MAX = Duration.ofMinutes(3);

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final int port;
  private final int management;

  /**
   * @param distribution with {@code bin/keepwell}
   * @param settings environment variables
   */
  public Node(Path distribution, Path log, Map<String, String> settings)
      throws IOException, InterruptedException {
    this.port = freePort();
    this.management = freePort();
    ProcessBuilder builder =
        new ProcessBuilder(distribution.resolve("bin/keepwell").toString(), "serve")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("KEEPWELL_HTTP_PORT", Integer.toString(port));
    builder.environment().put("KEEPWELL_MANAGEMENT_PORT", Integer.toString(management));
    builder.environment().put("KEEPWELL_REMOTE_PORT", Integer.toString(freePort()));
    builder.environment().putAll(settings);
    this.process = builder.start();
    // Who is interrupted leaves no node behind.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    long end = System.nanoTime() + START_MAX.toNanos();
    while (!isReady()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IOException("the node does not start: " + log);
      }
      Thread.sleep(200);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private boolean isReady() throws InterruptedException {
    try {
      return get("http://127.0.0.1:" + management + "/ready") == 200;
    } catch (IOException e) {
      return false; // not yet
    }
  }

  private int get(String uri) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(uri)).build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }

  /** What a path answers. */
  public String body(String path) throws IOException, InterruptedException {
    return body(uri(path));
  }

  private String body(URI uri) throws IOException, InterruptedException {
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
  }

  /**
   * The sum of what it measures by that name, whatever the labels.
   *
   * @throws IOException if it measures no such thing
   */
  public double metric(String name) throws IOException, InterruptedException {
    List<String> values =
        body(URI.create("http://127.0.0.1:" + management + "/metrics"))
            .lines()
            .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
            .map(line -> line.substring(line.lastIndexOf(' ')))
            .toList();
    if (values.isEmpty()) {
      throw new IOException("no metric is called " + name);
    }
    return values.stream().mapToDouble(Double::parseDouble).sum();
  }

  public void put(String path, String json) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(json))
                .build(),
            BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("answered " + answer.statusCode() + " " + answer.body());
    }
  }

  /**
   * The last line of what it answers, however long that takes.
   *
   * @param json a document that is sent to it
   */
  public String post(String path, String json) throws IOException, InterruptedException {
    HttpResponse<Stream<String>> answer =
        client.send(
            HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .header("Accept", "application/x-ndjson")
                .POST(BodyPublishers.ofString(json))
                .build(),
            BodyHandlers.ofLines());
    String last = answer.body().reduce("", (before, line) -> line.isBlank() ? before : line);
    if (answer.statusCode() != 200 && answer.statusCode() != 201) {
      throw new IOException("answered " + answer.statusCode() + " " + last);
    }
    return last;
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  /** CPU time that its process has taken. */
  public Duration cpu() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  public long pid() {
    return process.pid();
  }

  public InetSocketAddress address() {
    return new InetSocketAddress("127.0.0.1", port);
  }

  /** Waits until the read side has followed, so that what comes next is measured alone. */
  public void settle() throws IOException, InterruptedException {
    for (int i = 0; i < 10; i++) { // each waits for it some seconds at most
      get(uri("/v1/signals").toString());
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
