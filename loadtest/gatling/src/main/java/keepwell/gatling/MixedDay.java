package keepwell.gatling;

import keepwell.gatling.Timetable.Part;

/** A day in minutes: a quiet night, a morning and an afternoon with a lunch between them. */
public final class MixedDay extends MixedSimulation {
  /** How many of the most requests there are, every three hours from midnight on. */
  private static final double[] SHAPE = {0.15, 0.1, 0.2, 0.9, 0.7, 1, 0.6, 0.3, 0.15};

  public MixedDay() {
    super(300, 120);
    int count = SHAPE.length - 1;
    Part[] parts = new Part[count];
    for (int i = 0; i < count; i++) {
      parts[i] =
          new Part(SHAPE[i] * perSecond(), SHAPE[i + 1] * perSecond(), (double) seconds() / count);
    }
    begin(parts);
  }
}
