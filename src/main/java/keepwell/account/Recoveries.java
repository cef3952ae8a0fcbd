package keepwell.account;

import akka.persistence.typed.internal.JournalFailureException;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import keepwell.journal.Refusals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The accounts of a node that are being read from the journal, and how many are in memory. While
 * the first of them has been waiting too long not many more are let in: they would still be read
 * when nobody waits for them any more, and keep others from being served.
 */
final class Recoveries {
  private static final Logger LOG = LoggerFactory.getLogger(Recoveries.class);

  static final Duration WAIT_MAX = Duration.ofMillis(500);

  /** At once: a burst is in before the first of them could wait too long. */
  static final int MAX = 1000;

  /** Always: so few are soon read, even by a node that has just started and does all slowly. */
  static final int FREE = 50;

  private final LongSupplier nanos;

  /** When each began; they end nearly in this order. */
  private final Queue<Long> begun = new ArrayDeque<>();

  private final AtomicInteger resident = new AtomicInteger();
  private final Refusals refusals = new Refusals("recoveries");
  private long ended;
  private long nanosInAll;

  Recoveries(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Lets one more in, or not. */
  synchronized boolean begin() {
    long now = nanos.getAsLong();
    boolean late = !begun.isEmpty() && now - begun.peek() > WAIT_MAX.toNanos();
    if (begun.size() >= (late ? FREE : MAX)) {
      refusals.add();
      return false;
    }
    begun.add(now);
    return true;
  }

  /** One of them is there, or never will be. */
  synchronized void end() {
    nanosInAll += nanos.getAsLong() - begun.remove(); // in all it does not matter whose end it is
    ended++;
  }

  /** Counts the accounts in memory. */
  AtomicInteger resident() {
    return resident;
  }

  void measure(MeterRegistry meters) {
    Gauge.builder("keepwell.accounts.resident", resident::get)
        .description("Accounts in the memory of this node")
        .register(meters);
    FunctionTimer.builder(
            "keepwell.accounts.recoveries",
            this,
            all -> all.ended,
            all -> all.nanosInAll,
            TimeUnit.NANOSECONDS)
        .description("Accounts that were read from the journal into memory, and how long it took")
        .register(meters);
    refusals.measure(meters);
  }

  /** A database that fails is told of once for all; and the second time is of the first. */
  static void tell(Throwable cause) {
    if (!(cause instanceof SQLException || cause instanceof JournalFailureException)) {
      LOG.atWarn().addKeyValue("problem", cause.getMessage()).log("Account cannot be recovered");
    }
  }
}
