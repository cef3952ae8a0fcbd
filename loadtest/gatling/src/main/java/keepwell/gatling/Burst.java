package keepwell.gatling;

import java.util.List;
import keepwell.gatling.Timetable.Part;

/** Single signals at a fixed rate, then three times as many, then as before, a third each. */
public final class Burst extends PhasedSimulation {
  private static final int BURST = 3;

  /** In which what has queued is worked off. What is sent meanwhile counts to the burst. */
  private static final int SETTLING_SECONDS = 5;

  public Burst() {
    super(500, 90);
    int third = seconds() / 3;
    begin(
        List.of(Request.SIGNAL),
        List.of(Request.SIGNAL),
        20,
        load("before the burst", List.of(Request.SIGNAL), Part.steady(perSecond(), third)),
        load(
            "burst",
            List.of(Request.SIGNAL_IN_BURST),
            Part.steady(0, third),
            Part.steady(BURST * perSecond(), third),
            Part.steady(perSecond(), SETTLING_SECONDS)),
        load(
            "after the burst",
            List.of(Request.SIGNAL_AFTER_BURST),
            Part.steady(0, 2 * third + SETTLING_SECONDS),
            Part.steady(perSecond(), third)));
  }
}
