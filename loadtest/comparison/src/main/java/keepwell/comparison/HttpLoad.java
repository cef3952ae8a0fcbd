package keepwell.comparison;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/**
 * Sends requests over keep-alive connections, by one thread: each as soon as the one before it on
 * its connection is answered, or so many a second. Cheap, as it shares the cores with what it
 * measures.
 */
final class HttpLoad {
  private static final long LATENCY_NANOS_MAX = Duration.ofMinutes(1).toNanos();

  private final Supplier<ByteBuffer> requests;
  private final String expected;
  private final Histogram latencies = new Histogram(LATENCY_NANOS_MAX, 3);
  private final Consumer<String> answered;
  private long refused;
  private String refusal = "";

  /**
   * @param requests whole HTTP requests
   * @param expected what the body of an answer must hold
   */
  HttpLoad(Supplier<ByteBuffer> requests, String expected) {
    this(requests, expected, body -> {});
  }

  /**
   * @param answered takes the body of each answer that is as expected
   */
  HttpLoad(Supplier<ByteBuffer> requests, String expected, Consumer<String> answered) {
    this.requests = requests;
    this.expected = expected;
    this.answered = answered;
  }

  /**
   * What was answered.
   *
   * @param perSecond requests that were answered as expected
   * @param refused requests that were answered 429 or 503, or whose connection was cut off
   * @param refusal the last of those, as it was answered
   * @param latencies in nanoseconds, from when a request was due
   */
  record Result(double perSecond, long refused, String refusal, Histogram latencies) {}

  /**
   * Runs for some time, and waits for the answers that are due then.
   *
   * @param servers which have as many of the connections each
   * @param perSecond how many requests; infinite for as many as are answered
   * @throws IllegalStateException if an answer is not as expected, and no refusal
   */
  Result run(List<InetSocketAddress> servers, int connections, Duration duration, double perSecond)
      throws IOException {
    List<HttpConnection> all = new ArrayList<>();
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < connections; i++) {
        all.add(new HttpConnection(servers.get(i % servers.size()), selector));
      }
      long start = System.nanoTime();
      drive(selector, new ArrayDeque<>(all), start, start + duration.toNanos(), perSecond);
      double seconds = (System.nanoTime() - start) / 1e9;
      return new Result(latencies.getTotalCount() / seconds, refused, refusal, latencies);
    } finally {
      for (HttpConnection connection : all) {
        connection.close();
      }
    }
  }

  private void drive(
      Selector selector, Deque<HttpConnection> free, long start, long end, double perSecond)
      throws IOException {
    int underWay = 0;
    long sent = 0;
    boolean paced = Double.isFinite(perSecond);
    while (true) {
      long now = System.nanoTime();
      long due = paced ? start + (long) (sent * 1e9 / perSecond) : now;
      for (; !free.isEmpty() && due < end && due <= now; sent++, underWay++) {
        free.poll().send(requests.get(), due);
        due = paced ? start + (long) ((sent + 1) * 1e9 / perSecond) : now;
      }
      if (underWay == 0 && (due >= end || now >= end)) {
        return;
      }
      if (paced && !free.isEmpty() && due < end) {
        selector.select(Math.max(1, (due - now) / 1_000_000));
      } else {
        selector.select();
      }
      for (SelectionKey key : selector.selectedKeys()) {
        HttpConnection connection = (HttpConnection) key.attachment();
        boolean done;
        try {
          done = connection.go();
          if (done) {
            count(connection);
          }
        } catch (IOException e) {
          refused++;
          refusal = e.toString();
          connection.close();
          done = true;
        }
        if (done) {
          free.add(connection);
          underWay--;
        }
      }
      selector.selectedKeys().clear();
    }
  }

  private void count(HttpConnection connection) {
    int status = connection.status();
    if (status == 429 || status == 503) {
      refused++;
      refusal = status + " " + connection.body();
    } else if (status == 200 && connection.body().contains(expected)) {
      latencies.recordValue(Math.min(System.nanoTime() - connection.due(), LATENCY_NANOS_MAX));
      answered.accept(connection.body());
    } else {
      throw new IllegalStateException("answered " + status + " " + connection.body());
    }
  }
}
