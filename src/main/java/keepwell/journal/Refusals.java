package keepwell.journal;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.LongAdder;

/** How often a limit has refused something that might be done a little later. */
public final class Refusals {
  private final String limit;
  private final LongAdder count = new LongAdder();

  /**
   * @param limit what has refused, as it is told
   */
  public Refusals(String limit) {
    this.limit = limit;
  }

  /** One more. */
  public void add() {
    count.increment();
  }

  public void measure(MeterRegistry meters) {
    FunctionCounter.builder("keepwell.admission.refusals", count, LongAdder::sum)
        .tag("limit", limit)
        .description(
            "What was refused because too much was under way, by the limit that refused it")
        .register(meters);
  }
}
