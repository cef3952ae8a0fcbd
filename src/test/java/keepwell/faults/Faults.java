package keepwell.faults;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One fault after the other, in an order that a seed gives; some before the last is got over. */
final class Faults {
  private static final Logger LOG = LoggerFactory.getLogger(Faults.class);

  private final Trial trial;
  private final Fleet fleet;
  private final Random random;
  private final double length;
  private final Map<Fault, Integer> injected = new EnumMap<>(Fault.class);

  /**
   * @param length 1, or less for faults that last shorter
   */
  Faults(Trial trial, Fleet fleet, long seed, double length) {
    this.trial = trial;
    this.fleet = fleet;
    this.random = new Random(seed);
    this.length = length;
  }

  /** Lets each kind happen at least once, then more until enough signals are acknowledged. */
  void run(List<Fault> kinds, long signals) throws Exception {
    List<Fault> order = new ArrayList<>(kinds);
    do {
      Collections.shuffle(order, random);
      for (Fault fault : order) {
        LOG.atInfo().addKeyValue("acknowledged", trial.acknowledged()).log(fault.name());
        Host host = fleet.hosts().get(random.nextInt(fleet.hosts().size()));
        fault.inject(new Fault.Scene(trial, fleet, host, random, length));
        injected.merge(fault, 1, Integer::sum);
        if (random.nextInt(3) > 0) {
          trial.untilMore(signals / order.size() / 2);
        }
      }
    } while (trial.acknowledged() < signals);
    fleet.commits().disarm();
    fleet.hosts().forEach(Host::untilReady);
    trial.count("faults", injected);
    trial.count("commits cut", fleet.commits().done());
    trial.count("conflicts", fleet.postgres().conflicts());
  }
}
