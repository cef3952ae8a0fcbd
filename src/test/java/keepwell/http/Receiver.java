package keepwell.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A subscriber: keeps what it is sent, and answers as a test wants it. */
final class Receiver implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Message> received = new CopyOnWriteArrayList<>();
  private volatile Function<Message, Answer> answer = message -> Answer.of(200);

  /** One attempt, as it came. */
  record Message(
      String path, String id, long timestamp, String signature, String contentType, String body) {
    JsonNode json() {
      return Contract.json(body);
    }

    String account() {
      return json().at("/data/account").asText();
    }

    String to() {
      return json().at("/data/to").asText();
    }
  }

  record Answer(int status, Map<String, String> headers) {
    static Answer of(int status) {
      return new Answer(status, Map.of());
    }
  }

  private Receiver(HttpServer server) {
    this.server = server;
    server.setExecutor(threads);
    server.createContext("/", this::take);
    server.start();
  }

  static Receiver start() {
    return start(0);
  }

  static Receiver start(int port) {
    try {
      return new Receiver(
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void take(HttpExchange exchange) throws IOException {
    Message message =
        new Message(
            exchange.getRequestURI().toString(),
            exchange.getRequestHeaders().getFirst("webhook-id"),
            Long.parseLong(exchange.getRequestHeaders().getFirst("webhook-timestamp")),
            exchange.getRequestHeaders().getFirst("webhook-signature"),
            exchange.getRequestHeaders().getFirst("Content-Type"),
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    received.add(message);
    Answer given = answer.apply(message);
    given.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(given.status(), -1);
    exchange.close();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:%d/hook?of=test".formatted(port()));
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** All attempts, in the order in which they came. */
  List<Message> received() {
    return received;
  }

  void answer(Function<Message, Answer> next) {
    answer = next;
  }

  void answer(int status) {
    answer = message -> Answer.of(status);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
  }
}
