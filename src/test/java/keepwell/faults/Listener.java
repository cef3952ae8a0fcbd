package keepwell.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Listens to the feed of tier changes, and goes on where it was cut off, at one node after the
 * other.
 */
final class Listener implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long PAUSE_MILLIS = 50;

  private final HttpClient client;
  private final List<URI> nodes;
  private final List<Long> heard = new ArrayList<>();
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private volatile CompletableFuture<?> listening = CompletableFuture.completedFuture(null);
  private volatile boolean closed;

  Listener(HttpClient client, List<URI> nodes) {
    this.client = client;
    this.nodes = nodes;
    thread.execute(this::run);
  }

  private void run() {
    for (int turn = 0; !closed; turn++) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(nodes.get(turn % nodes.size()).resolve("/v1/tier-changes"))
              .header("Accept", "text/event-stream");
      List<Long> before = heard();
      if (!before.isEmpty()) {
        request.header("Last-Event-ID", Long.toString(before.get(before.size() - 1)));
      }
      CompletableFuture<?> answer =
          client
              .sendAsync(request.build(), BodyHandlers.ofLines())
              .thenAccept(response -> listen(response.body()));
      listening = answer;
      try {
        answer.exceptionally(cut -> null).join();
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void listen(Stream<String> lines) {
    lines.filter(line -> line.startsWith("id:")).forEach(line -> hear(line.substring(3)));
  }

  private synchronized void hear(String id) {
    heard.add(Long.parseLong(id));
  }

  /** The ids of all changes that it heard of, in their order. */
  synchronized List<Long> heard() {
    return List.copyOf(heard);
  }

  /** Whether it has heard all that a node tells of by now; not if that does not answer. */
  boolean isUpToDate(URI node) throws InterruptedException {
    List<Long> told = new ArrayList<>();
    String after = "0";
    JsonNode page;
    do {
      URI uri = node.resolve("/v1/tier-changes?limit=1000&after=" + after);
      try {
        HttpResponse<String> answer =
            client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
          return false;
        }
        page = JSON.readTree(answer.body());
      } catch (IOException e) {
        return false;
      }
      page.get("items").forEach(change -> told.add(change.get("id").asLong()));
      after = page.get("next").asText();
    } while (!page.get("items").isEmpty());
    return told.equals(heard());
  }

  @Override
  public void close() {
    closed = true;
    listening.cancel(true);
    thread.shutdownNow();
  }
}
