package keepwell.health;

import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import keepwell.health.TypicalAccount.Variant;

/**
 * How much an account takes: what each of many adds to the heap, so that what all of them share
 * does not count, and what only the benchmark could make them share does.
 *
 * @param recovered bytes of heap of an account recovered from its snapshot
 * @param evolved bytes of heap of an account that its events made
 * @param snapshot bytes of its snapshot
 * @param evaluation bytes of heap of an evaluation
 */
record Footprint(double recovered, double evolved, double snapshot, double evaluation) {
  private static final int ACCOUNTS = 5_000;
  private static final int WARM_UP = 100;
  private static final int COLLECTIONS = 5;

  static Footprint of(Variant variant) {
    byte[][] snapshots = snapshots(variant);
    double snapshot = Arrays.stream(snapshots).mapToInt(bytes -> bytes.length).average().orElse(0);
    double evolved = heap(seed -> new TypicalAccount(variant, seed).account);
    try (Snapshots store = new Snapshots()) {
      double recovered = heap(seed -> store.recovered(snapshots[seed]));
      return new Footprint(recovered, evolved, snapshot, evaluation(variant));
    }
  }

  private static double evaluation(Variant variant) {
    Scorecard scorecard = TypicalScorecard.scorecards().scorecards().get(0);
    TypicalAccount typical = new TypicalAccount(variant, 0);
    return heap(seed -> Evaluation.of(scorecard, typical.account.facts, typical.today));
  }

  private static byte[][] snapshots(Variant variant) {
    try (Snapshots store = new Snapshots()) {
      return IntStream.range(0, ACCOUNTS)
          .mapToObj(seed -> store.stored(new TypicalAccount(variant, seed).account))
          .toArray(byte[][]::new);
    }
  }

  private static double heap(IntFunction<?> make) {
    Object[] held = new Object[ACCOUNTS];
    for (int i = 0; i < WARM_UP; i++) {
      held[i] = make.apply(i);
    }
    Arrays.fill(held, null);
    long before = used();
    Arrays.setAll(held, make);
    double added = used() - before;
    Reference.reachabilityFence(held);
    return added / ACCOUNTS;
  }

  private static long used() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
