package keepwell.comparison;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import keepwell.node.Node;

/** A subscriber that takes every message at once, or puts the sender off. */
final class HookReceiver implements AutoCloseable {
  private static final int THREADS = 4;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final Consumer<String> taken;
  private volatile String putOff = "";

  /**
   * @param taken takes the body of each message
   */
  HookReceiver(Consumer<String> taken) throws IOException {
    this.taken = taken;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::take);
    server.start();
  }

  /** Adds a webhook that leads here. */
  void subscribeTo(Node node) throws IOException, InterruptedException {
    node.post(
        "/v1/webhooks",
        "{\"url\": \"http://127.0.0.1:%d/\"}".formatted(server.getAddress().getPort()));
  }

  /**
   * Takes no messages, or takes them again.
   *
   * @param seconds until it wants to be asked again; none: it takes them
   */
  void putOff(String seconds) {
    putOff = seconds;
  }

  private void take(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String wait = putOff;
    if (wait.isEmpty()) {
      taken.accept(body);
    } else {
      exchange.getResponseHeaders().set("Retry-After", wait);
    }
    exchange.sendResponseHeaders(wait.isEmpty() ? 204 : 429, -1);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
  }
}
