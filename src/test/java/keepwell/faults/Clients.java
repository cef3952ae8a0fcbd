package keepwell.faults;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import keepwell.faults.Findings.Kind;
import keepwell.faults.Sent.Outcome;

/**
 * Clients that send signals to whatever door they like, again what was not acknowledged, and now
 * and then what was; and that remember all of it.
 */
final class Clients {
  private static final int REPEATED_MAX = 50;
  private static final int BACKLOG_MAX = 200;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final History history;
  private final List<Door> doors;
  private final Findings findings;

  /**
   * @param doors may change at any time, but there is always one
   */
  Clients(History history, List<Door> doors, Findings findings) {
    this.history = history;
    this.doors = doors;
    this.findings = findings;
  }

  /**
   * Lets some of them send.
   *
   * @param enough when it is time to stop
   * @param healed completes when nothing is in the way any more; then they send again what has no
   *     acknowledgement yet
   * @return completes when they are done, or one of them has failed
   */
  CompletableFuture<?> start(
      int count, long seed, BooleanSupplier enough, CompletableFuture<?> healed) {
    ExecutorService threads = Executors.newFixedThreadPool(count);
    CompletableFuture<Void> failed = new CompletableFuture<>();
    CompletableFuture<?>[] all = new CompletableFuture<?>[count];
    for (int i = 0; i < count; i++) {
      Client client = new Client(new Random(seed * 1000 + i));
      Runnable work =
          () -> {
            client.sendUntil(enough);
            healed.join();
            client.settle();
          };
      all[i] =
          CompletableFuture.runAsync(work, threads)
              .whenComplete(
                  (done, failure) -> {
                    if (failure != null) {
                      failed.completeExceptionally(failure);
                    }
                  });
    }
    threads.shutdown();
    return CompletableFuture.anyOf(failed, CompletableFuture.allOf(all));
  }

  /**
   * Sends one more signal to every account. An account that was in two places learns at its next
   * event what it has missed.
   */
  void conclude() {
    Client client = new Client(new Random());
    history.accounts().forEach(account -> client.backlog.add(history.next(account)));
    client.settle();
  }

  private final class Client {
    private final Random random;
    private final Deque<Sent> backlog = new ArrayDeque<>();
    private final List<Sent> known = new ArrayList<>();

    Client(Random random) {
      this.random = random;
    }

    void sendUntil(BooleanSupplier enough) {
      while (!enough.getAsBoolean()) {
        int dice = random.nextInt(100);
        if ((dice < 30 && !backlog.isEmpty()) || backlog.size() > BACKLOG_MAX) {
          retry();
        } else if (dice < 40 && !known.isEmpty()) {
          repeat();
        } else if (dice < 50) {
          sendTwice(fresh());
        } else {
          send(fresh());
        }
      }
    }

    void settle() {
      long start = System.nanoTime();
      while (!backlog.isEmpty() && System.nanoTime() - start < PATIENCE.toNanos()) {
        retry();
      }
      backlog.forEach(sent -> findings.add(Kind.NEVER_TAKEN, sent.toString()));
    }

    private List<Sent> fresh() {
      int size =
          switch (random.nextInt(5)) {
            case 0, 1, 2 -> 1;
            case 3 -> 2 + random.nextInt(20);
            default -> 51 + random.nextInt(50);
          };
      return Stream.generate(() -> history.next(random)).limit(size).toList();
    }

    private void retry() {
      List<Sent> signals = new ArrayList<>();
      for (int i = 0; i < REPEATED_MAX && !backlog.isEmpty(); i++) {
        signals.add(backlog.remove());
      }
      Receipt receipt = deliver(signals).join();
      sort(signals, false);
      pauseUnless(receipt.answered());
    }

    private void repeat() {
      List<Sent> signals =
          IntStream.rangeClosed(0, random.nextInt(10))
              .mapToObj(i -> known.get(random.nextInt(known.size())))
              .distinct()
              .toList();
      Receipt receipt = deliver(signals).join();
      if (receipt.accepted() > 0) {
        findings.add(Kind.TWICE, receipt.accepted() + " accepted again of " + signals);
      }
      pauseUnless(receipt.answered());
    }

    private void send(List<Sent> signals) {
      Receipt receipt = deliver(signals).join();
      sort(signals, random.nextInt(10) == 0);
      pauseUnless(receipt.answered());
    }

    /** Those with an id at the same moment again. */
    private void sendTwice(List<Sent> signals) {
      List<Sent> again = signals.stream().filter(sent -> sent.id.isPresent()).toList();
      if (again.isEmpty()) {
        send(signals);
        return;
      }
      CompletableFuture<Receipt> one = deliver(signals);
      Receipt other = deliver(again).join();
      int accepted = one.join().accepted() + other.accepted();
      if (accepted > signals.size()) {
        findings.add(Kind.TWICE, accepted + " accepted of " + signals);
      }
      sort(signals, random.nextInt(10) == 0);
      pauseUnless(one.join().answered() && other.answered());
    }

    private CompletableFuture<Receipt> deliver(List<Sent> signals) {
      List<Door> now = List.copyOf(doors);
      Door door = now.get(random.nextInt(now.size()));
      return door.deliver(signals, random)
          .thenApply(
              receipt -> {
                history.delivered(receipt);
                return receipt;
              });
    }

    /** What was not acknowledged is sent again, unless nobody is ever to know of it. */
    private void sort(List<Sent> signals, boolean givenUp) {
      for (Sent sent : signals) {
        if (sent.outcome() == Outcome.OK && sent.id.isPresent()) {
          known.add(sent);
        } else if (sent.outcome() != Outcome.OK && sent.repeatable() && !givenUp) {
          backlog.add(sent);
        }
      }
    }

    /** As the answer asks for. */
    private void pauseUnless(boolean answered) {
      if (!answered) {
        try {
          Thread.sleep(20 + random.nextInt(100));
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }
}
