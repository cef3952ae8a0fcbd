package keepwell.comparison;

import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import keepwell.health.Recorded;
import keepwell.health.Signal;

/** Records signals of the accounts that {@link Requests} are about, without HTTP. */
final class Recording {
  private final Hosted hosted;
  private final Random random = new Random(7);

  Recording(Hosted hosted) {
    this.hosted = hosted;
  }

  /** One of each account. */
  void each() {
    CompletableFuture.allOf(
            IntStream.range(0, Requests.ACCOUNTS)
                .mapToObj(i -> hosted.accounts().record(name(i), List.of(signal()), false))
                .map(CompletionStage::toCompletableFuture)
                .toArray(CompletableFuture<?>[]::new))
        .join();
  }

  private static String name(int account) {
    return "account-" + account;
  }

  /**
   * As many as are answered: how many were recorded.
   *
   * @param end by {@link System#nanoTime()}
   * @param underWay at any time
   */
  long until(long end, int underWay) throws InterruptedException {
    LongAdder recorded = new LongAdder();
    Semaphore turns = new Semaphore(underWay);
    while (System.nanoTime() < end) {
      turns.acquire();
      var unused =
          hosted
              .accounts()
              .record(name(random.nextInt(Requests.ACCOUNTS)), List.of(signal()), false)
              .whenComplete(
                  (answer, failure) -> {
                    if (answer instanceof Recorded) {
                      recorded.increment();
                    }
                    turns.release();
                  });
    }
    turns.acquire(underWay);
    return recorded.sum();
  }

  private Signal signal() {
    return new Signal(
        "login",
        1,
        hosted.clock().instant(),
        Hosted.FINGERPRINT.of("user-" + random.nextInt(20)),
        0,
        0);
  }
}
