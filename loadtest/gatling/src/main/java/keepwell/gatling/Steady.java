package keepwell.gatling;

import java.util.List;
import keepwell.gatling.Timetable.Part;

/** Single signals at a fixed rate. */
public final class Steady extends PhasedSimulation {
  private static final List<Request> URN = List.of(Request.SIGNAL);

  public Steady() {
    super(1_000, 90);
    begin(URN, URN, 20, load("steady", URN, Part.steady(perSecond(), seconds())));
  }
}
