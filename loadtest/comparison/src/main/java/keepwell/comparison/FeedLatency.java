package keepwell.comparison;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import keepwell.comparison.HttpLoad.Result;
import keepwell.node.Node;
import org.HdrHistogram.Histogram;

/**
 * How late a tier change is told: from when the signal that makes it is answered to a client that
 * streams the feed, of the node that took the signal and of another, and to a webhook. Signals come
 * at a fixed rate.
 */
final class FeedLatency {
  private static final int PER_SECOND = 1_000;
  private static final int WARM_SECONDS = 180;
  private static final int CONNECTIONS = 256;
  private static final Duration CATCH_UP_MAX = Duration.ofMinutes(5);

  /** The score is the latest mood; each one is another tier's. */
  static final String SCORECARDS =
      """
      {"scorecards": [{"key": "mood", "tiers": [{"key": "green", "from": 50}, {"key": "red", "from": 0}],
        "categories": [{"key": "mood", "weight": 1, "metrics": [{"key": "mood", "points": 1,
          "measure": {"of": "latest", "signal": "mood"}, "curve": [[0, 0], [100, 100]]}]}]}]}
      """;

  private final Node one;
  private final Node other;

  FeedLatency(Node one, Node other) {
    this.one = one;
    this.other = other;
  }

  /**
   * @param every how many signals there are to a tier change
   */
  void measure(int every, int seconds) throws IOException, InterruptedException {
    one.put("/v1/scorecards", SCORECARDS);
    Moods moods = new Moods(every);
    Lateness same = new Lateness("a stream of the same node", moods);
    Lateness another = new Lateness("a stream of another node", moods);
    Lateness webhook = new Lateness("a webhook", moods);
    List<Lateness> all = List.of(same, another, webhook);
    List<FeedReader> readers = List.of(new FeedReader(one, same), new FeedReader(other, another));
    try (HookReceiver receiver = new HookReceiver(webhook::note)) {
      receiver.subscribeTo(one);
      load(moods, WARM_SECONDS);
      await(all, moods);
      all.forEach(lateness -> lateness.latencies().reset());
      System.out.printf(
          "%nFeed: %,d signals a second, of which one in %d changes a tier%n", PER_SECOND, every);
      Result result = load(moods, seconds);
      await(all, moods);
      tell("answers to signals, from when they were due", result.latencies());
      all.forEach(lateness -> tell("from the answer to " + lateness.name(), lateness.latencies()));
      if (result.refused() > 0) {
        System.out.println("Refused, so the machine is too slow for that: " + result.refused());
      }
    }
    readers.forEach(FeedReader::close);
  }

  private Result load(Moods moods, int seconds) throws IOException {
    return new HttpLoad(moods, "\"accepted\":1,", moods::answered)
        .run(List.of(one.address()), CONNECTIONS, Duration.ofSeconds(seconds), PER_SECOND);
  }

  /** Until all have been told of all of them. */
  private static void await(List<Lateness> all, Moods moods) throws InterruptedException {
    long end = System.nanoTime() + CATCH_UP_MAX.toNanos();
    for (Lateness lateness : all) {
      while (lateness.seen() < moods.changes()) {
        if (System.nanoTime() > end) {
          throw new IllegalStateException(lateness.name() + " does not tell all");
        }
        Thread.sleep(10);
      }
    }
  }

  private static void tell(String name, Histogram latencies) {
    System.out.printf(
        Locale.ROOT,
        "%-48s %,9d %8.1f ms p50 %8.1f ms p99 %8.1f ms max%n",
        name,
        latencies.getTotalCount(),
        latencies.getValueAtPercentile(50) / 1e6,
        latencies.getValueAtPercentile(99) / 1e6,
        latencies.getMaxValue() / 1e6);
  }
}
