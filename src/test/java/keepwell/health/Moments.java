package keepwell.health;

import java.time.Instant;
import keepwell.health.Decider.Moment;

/** Moments at which something is decided, with real time running beside product time. */
final class Moments {
  private static final Object ANY =
      Cases.tree(
          """
          {"scorecards": [{"key": "any", "tiers": [{"key": "red", "from": 0}],
            "adjustments": [{"key": "login", "signal": "login", "points": 1, "window": "P7D"}]}]}
          """);

  private Moments() {}

  /** Noon of a day. */
  static Moment on(String date) {
    return at(date + "T12:00:00Z", Cases.scorecards(ANY));
  }

  static Moment at(String instant, Scorecards scorecards) {
    return at(instant, scorecards, scorecards);
  }

  static Moment at(String instant, Scorecards scorecards, Scorecards seen) {
    Instant now = Instant.parse(instant);
    return new Moment(now, now, scorecards, seen);
  }
}
