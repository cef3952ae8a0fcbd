package keepwell.health;

import java.time.Instant;
import java.util.List;
import keepwell.health.Decider.Moment;

/** Moments at which something is decided, with real time running beside product time. */
final class Moments {
  private static final Object ANY =
      Cases.tree(
          """
          {"scorecards": [{"key": "any", "tiers": [{"key": "red", "from": 0}],
            "adjustments": [{"key": "login", "signal": "login", "points": 1, "window": "P7D"}]}]}
          """);

  static final Capacity CAPACITY = new Capacity(1000, 50);

  private Moments() {}

  /** Noon of a day. */
  static Moment on(String date) {
    return at(date + "T12:00:00Z", Cases.scorecards(ANY));
  }

  /** Noon of 2026-03-01, where accounts may have so much. */
  static Moment holding(Capacity capacity) {
    Moment noon = on("2026-03-01");
    return new Moment(noon.now(), noon.receivedAt(), noon.versions(), noon.thresholds(), capacity);
  }

  static Moment at(String instant, Scorecards... versions) {
    return at(Instant.parse(instant), Thresholds.NONE, versions);
  }

  static Moment at(Instant now, Thresholds thresholds, Scorecards... versions) {
    return new Moment(now, now, List.of(versions), thresholds, CAPACITY);
  }
}
