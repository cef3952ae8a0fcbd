package keepwell.demo;

/**
 * How an account develops: from one pace to another, over some days from its turn on. A positive
 * {@code daysAgo} lies that many days before the demo's today.
 */
@SuppressWarnings("ImmutableEnumChecker") // a pace is a record of numbers
enum Archetype {
  HEALTHY(80, 1, 1.05, new Pace(0.97, 4.6, 2.2, 15), new Pace(0.97, 4.6, 2.2, 15)),
  SEASONAL(20, 1, 1.0, new Pace(0.92, 5, 2.2, 14), new Pace(0.92, 5, 2.2, 14)),
  EXPANDING(28, 150, 1.5, new Pace(0.9, 5.5, 3, 14), new Pace(1.0, 8, 3, 11)),
  SLOW_DRIFT(30, 110, 0.95, new Pace(0.94, 5, 2.2, 15), new Pace(0.36, 1.4, 2.6, 30)),
  SHARP_DROP(14, 4, 0.85, new Pace(0.94, 4.5, 2.2, 15), new Pace(0.07, 0, 6, 60)),
  CHAMPION_LEFT(14, 25, 0.9, new Pace(0.96, 5, 2.2, 15), new Pace(0.26, 0, 2.5, 34)),
  FAILING_ONBOARDING(14, 35, 1.0, new Pace(0.5, 3, 6, 40), new Pace(0.12, 0, 4, 55));

  private static final int SEASON_DAYS = 120;
  private static final double SEASON_SWING = 0.14;

  private final int accounts;
  private final int fadeDays;
  private final double seatsAfter;
  private final Pace before;
  private final Pace after;

  Archetype(int accounts, int fadeDays, double seatsAfter, Pace before, Pace after) {
    this.accounts = accounts;
    this.fadeDays = fadeDays;
    this.seatsAfter = seatsAfter;
    this.before = before;
    this.after = after;
  }

  /** How many accounts of the portfolio are of this kind. */
  int accounts() {
    return accounts;
  }

  Pace pace(int daysAgo, int turn) {
    Pace pace = before.towards(after, faded(daysAgo, turn));
    return this == SEASONAL ? pace.withActivity(pace.activity() + season(daysAgo, turn)) : pace;
  }

  /** The seats under contract, as a multiple of those at first. */
  double seats(int daysAgo, int turn) {
    return 1 + (seatsAfter - 1) * faded(daysAgo, turn);
  }

  private double faded(int daysAgo, int turn) {
    return Math.max(0, Math.min(1, (turn - daysAgo) / (double) fadeDays));
  }

  private static double season(int daysAgo, int turn) {
    return SEASON_SWING * Math.sin(2 * Math.PI * (daysAgo + turn) / SEASON_DAYS);
  }
}
