package keepwell.comparison;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import keepwell.node.Node;

/** Streams the feed from its beginning, and notes how late each tier change is told. */
final class FeedReader implements AutoCloseable {
  private static final String DATA = "data:";

  private final Lateness lateness;
  private final BufferedReader stream;
  private volatile boolean closed;

  FeedReader(Node node, Lateness lateness) throws IOException, InterruptedException {
    this.lateness = lateness;
    HttpRequest request =
        HttpRequest.newBuilder(node.uri("/v1/tier-changes"))
            .header("Accept", "text/event-stream")
            .build();
    this.stream =
        new BufferedReader(
            new InputStreamReader(
                HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream()).body(),
                StandardCharsets.UTF_8));
    Thread thread = new Thread(this::read, "feed-reader");
    thread.setDaemon(true);
    thread.start();
  }

  private void read() {
    try {
      for (String line = stream.readLine(); line != null; line = stream.readLine()) {
        if (line.startsWith(DATA)) {
          lateness.note(line);
        }
      }
    } catch (IOException e) {
      if (!closed) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() {
    closed = true; // the stream ends with its node
  }
}
