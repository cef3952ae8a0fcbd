package keepwell.outreach;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/**
 * Who is told by webhooks, on a loopback port of its own. It remembers every message before it
 * answers, and takes all of them unless it is told to answer otherwise. It may be stopped and
 * started again, at the same port.
 */
public final class Subscriber implements AutoCloseable {
  private final Optional<SSLContext> tls;
  private final List<Message> messages = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile Function<Message, Answer> answers = message -> Answer.of(204);
  private HttpServer server;
  private int port;

  /** A request. */
  public record Message(String path, HttpHeaders headers, String body) {
    /** The same at every attempt. */
    public String id() {
      return header("webhook-id");
    }

    /** When it was sent, in seconds since 1970. */
    public long timestamp() {
      return Long.parseLong(header("webhook-timestamp"));
    }

    public String signature() {
      return header("webhook-signature");
    }

    public String header(String name) {
      return headers.firstValue(name).orElseThrow();
    }
  }

  /** What a request is answered; it may take long to make one. */
  public record Answer(int status, HttpHeaders headers, String body) {
    public static Answer of(int status) {
      return new Answer(status, HttpHeaders.of(Map.of(), (name, value) -> true), "");
    }

    /** With one more header. */
    public Answer with(String name, String value) {
      Map<String, List<String>> more = new HashMap<>(headers.map());
      more.put(name, List.of(value));
      return new Answer(status, HttpHeaders.of(more, (any, one) -> true), body);
    }

    /** With a body. */
    public Answer saying(String words) {
      return new Answer(status, headers, words);
    }
  }

  private Subscriber(Optional<SSLContext> tls) {
    this.tls = tls;
  }

  /** Without TLS. */
  public static Subscriber plain() {
    return new Subscriber(Optional.empty()).start();
  }

  public static Subscriber secure(SSLContext tls) {
    return new Subscriber(Optional.of(tls)).start();
  }

  /** Starts it, again at its port. */
  public Subscriber start() {
    try {
      server = tls.isPresent() ? HttpsServer.create() : HttpServer.create();
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (server instanceof HttpsServer secure) {
      secure.setHttpsConfigurator(new HttpsConfigurator(tls.orElseThrow()));
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
    port = server.getAddress().getPort();
    return this;
  }

  /** Stops it at once, in the middle of what is under way. */
  public void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Headers headers = exchange.getRequestHeaders();
      Message message =
          new Message(
              exchange.getRequestURI().toString(),
              HttpHeaders.of(headers, (name, value) -> true),
              body);
      messages.add(message);
      Answer answer = answers.apply(message);
      answer.headers().map().forEach(exchange.getResponseHeaders()::put);
      byte[] words = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), words.length == 0 ? -1 : words.length);
      exchange.getResponseBody().write(words);
    }
  }

  /** How it answers from now on. */
  public Subscriber answering(Function<Message, Answer> how) {
    answers = how;
    return this;
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:%d/hook?of=test".formatted(port));
  }

  public int port() {
    return port;
  }

  /** All that came, in that order. */
  public List<Message> messages() {
    return List.copyOf(messages);
  }

  /** The ids of all that came, in that order. */
  public List<String> ids() {
    return messages.stream().map(Message::id).toList();
  }

  @Override
  public void close() {
    stop();
    threads.shutdownNow();
  }
}
