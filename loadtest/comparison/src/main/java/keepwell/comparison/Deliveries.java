package keepwell.comparison;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import keepwell.node.Node;

/** How many messages a second one healthy subscriber is sent, once many wait for it. */
final class Deliveries {
  private static final int CONNECTIONS = 64;
  private static final Duration LOADED_FOR = Duration.ofSeconds(10);
  private static final String PUT_OFF_SECONDS = "20";
  private static final int ROUNDS = 5;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final AtomicInteger taken = new AtomicInteger();
  private volatile long first;
  private volatile long last;

  void measure(Node node) throws IOException, InterruptedException {
    node.put("/v1/scorecards", FeedLatency.SCORECARDS);
    Moods moods = new Moods(1);
    try (HookReceiver receiver = new HookReceiver(body -> take())) {
      receiver.subscribeTo(node);
      for (int round = 0; round < ROUNDS; round++) {
        measure(node, moods, receiver);
      }
    }
  }

  private void take() {
    last = System.nanoTime();
    if (taken.getAndIncrement() == 0) {
      first = last;
    }
  }

  private void measure(Node node, Moods moods, HookReceiver receiver)
      throws IOException, InterruptedException {
    int before = moods.changes();
    taken.set(0);
    receiver.putOff(PUT_OFF_SECONDS);
    new HttpLoad(moods, "\"accepted\":1,", moods::answered)
        .run(List.of(node.address()), CONNECTIONS, LOADED_FOR, Double.POSITIVE_INFINITY);
    node.settle();
    receiver.putOff("");
    int waiting = moods.changes() - before;
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (taken.get() < waiting) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("taken " + taken.get() + " of " + waiting);
      }
      Thread.sleep(10);
    }
    System.out.printf(
        Locale.ROOT,
        "%,d messages to one subscriber: %,.0f a second%n",
        waiting,
        waiting * 1e9 / (last - first));
  }
}
