package keepwell.gatling;

import keepwell.gatling.Timetable.Part;

/** The mixed load at a moderate rate for long: what is leaked shows. */
public final class Soak extends MixedSimulation {
  public Soak() {
    super(150, 30 * 60);
    begin(Part.steady(perSecond(), seconds()));
  }
}
