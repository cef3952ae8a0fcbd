package keepwell.gatling;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import keepwell.gatling.Timetable.Part;

/** All that is asked of a node at once: it is written to, read and listened to. */
abstract class MixedSimulation extends PhasedSimulation {
  private static final int LISTENERS = 20;
  private static final int BASELINE_PER_SECOND = 30;

  private static final List<Request> URN = new ArrayList<>();

  static {
    add(50, Request.SIGNAL);
    add(10, Request.SIGNALS);
    add(3, Request.LABELS);
    add(2, Request.OVERRIDE);
    add(20, Request.ACCOUNT);
    add(3, Request.ACCOUNT_AS_OF);
    add(4, Request.HISTORY);
    add(6, Request.LIST);
    add(2, Request.PORTFOLIO);
  }

  MixedSimulation(int perSecond, int seconds) {
    super(perSecond, seconds);
  }

  private static void add(int percent, Request request) {
    URN.addAll(Collections.nCopies(percent, request));
  }

  /** Lets it come at rates that these say. */
  final void begin(Part... parts) {
    begin(
        URN,
        URN.stream().distinct().toList(),
        BASELINE_PER_SECOND,
        load("mixed", URN, parts),
        Listening.population(LISTENERS, seconds()));
  }
}
