package keepwell.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One fault after the other, in an order that a seed gives; some before the last is got over. */
final class Faults {
  private static final Logger LOG = LoggerFactory.getLogger(Faults.class);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Fleet fleet;
  private final History history;
  private final List<Fault> kinds;
  private final Random random;
  private final double length;
  private final Map<Fault, Integer> injected = new EnumMap<>(Fault.class);

  /**
   * @param kinds those that are to happen
   * @param length 1, or less for faults that last shorter
   */
  Faults(Fleet fleet, History history, List<Fault> kinds, long seed, double length) {
    this.fleet = fleet;
    this.history = history;
    this.kinds = new ArrayList<>(kinds);
    this.random = new Random(seed);
    this.length = length;
  }

  /** Lets each kind happen at least once, then more until enough signals are acknowledged. */
  void run(long signals) throws IOException, InterruptedException {
    do {
      Collections.shuffle(kinds, random);
      for (Fault fault : kinds) {
        LOG.atInfo().addKeyValue("acknowledged", history.acknowledged()).log(fault.name());
        Host host = fleet.hosts().get(random.nextInt(fleet.hosts().size()));
        fault.inject(fleet, host, random, length);
        injected.merge(fault, 1, Integer::sum);
        if (random.nextInt(3) > 0) {
          untilMoreThan(history.acknowledged() + signals / kinds.size() / 2);
        }
      }
    } while (history.acknowledged() < signals);
    fleet.commits().disarm();
    fleet.hosts().forEach(Host::untilReady);
  }

  private void untilMoreThan(long signals) {
    Awaitility.await().atMost(PATIENCE).until(() -> history.acknowledged() > signals);
  }

  /** How many of each kind there were. */
  Map<Fault, Integer> injected() {
    return injected;
  }
}
