package keepwell.demo;

/**
 * How an account lives with the product at one time.
 *
 * @param activity share of the seats in use, 0 to 1
 * @param adoptions new features taken up in 91 days
 * @param tickets tickets opened in 28 days
 * @param resolutionHours how long a ticket stays open, on average
 */
record Pace(double activity, double adoptions, double tickets, double resolutionHours) {

  /** This pace moved towards {@code other} by a share from 0 to 1. */
  Pace towards(Pace other, double share) {
    return new Pace(
        between(activity, other.activity, share),
        between(adoptions, other.adoptions, share),
        between(tickets, other.tickets, share),
        between(resolutionHours, other.resolutionHours, share));
  }

  Pace withActivity(double changed) {
    return new Pace(Math.max(0, Math.min(1, changed)), adoptions, tickets, resolutionHours);
  }

  private static double between(double from, double to, double share) {
    return from + (to - from) * share;
  }
}
