package keepwell.comparison;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Streams the feed from its beginning, and notes how late each tier change is. */
final class FeedReader implements AutoCloseable {
  private static final String DATA = "data:";

  private final String name;
  private final Moods moods;
  private final BufferedReader stream;
  private final Histogram latencies = new ConcurrentHistogram(TimeUnit.MINUTES.toNanos(1), 3);
  private final int[] seenOf = new int[Moods.accounts()];
  private final AtomicInteger seen = new AtomicInteger();
  private volatile boolean closed;

  FeedReader(String name, Node node, Moods moods) throws IOException, InterruptedException {
    this.name = name;
    this.moods = moods;
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
          note(Moods.account(line), System.nanoTime());
        }
      }
    } catch (IOException e) {
      if (!closed) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void note(int account, long now) {
    long at = moods.answeredAt(account, seenOf[account]++);
    latencies.recordValue(at == 0 ? 0 : Math.max(0, now - at)); // told before it was answered
    seen.incrementAndGet();
  }

  String name() {
    return name;
  }

  /** How many tier changes it was told. */
  int seen() {
    return seen.get();
  }

  /** In nanoseconds, from when a signal was answered. */
  Histogram latencies() {
    return latencies;
  }

  @Override
  public void close() {
    closed = true; // the stream ends with its node
  }
}
