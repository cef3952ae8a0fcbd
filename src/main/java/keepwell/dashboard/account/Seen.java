package keepwell.dashboard.account;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import keepwell.dashboard.frame.Tiers;
import keepwell.health.Days;
import keepwell.health.Explained;
import keepwell.health.History;
import keepwell.health.History.DayScore;
import keepwell.health.Standing;

/**
 * What is known of an account, and of the day that is looked at.
 *
 * @param today how it stands today, and how it came to that
 * @param ahead the days after today, if nothing happens
 * @param day that is looked at, counted from 1970-01-01
 * @param standing on that day; empty if it cannot be computed any more
 * @param now product time
 */
record Seen(
    Beside beside,
    Explained today,
    History history,
    List<DayScore> ahead,
    int day,
    Optional<Standing> standing,
    Days days,
    Instant now) {

  /** The last day that is over or has begun. */
  int todayIs() {
    return today.standing().asOf();
  }

  boolean isToday() {
    return day == todayIs();
  }

  Tiers tiers() {
    return Tiers.of(today.tiers());
  }

  String id() {
    return today.standing().account();
  }

  String name() {
    return today.standing().labels().getOrDefault("name", id());
  }

  /** Without gaps, today among them. */
  List<DayScore> allDays() {
    return Stream.concat(history.days().stream(), ahead.stream()).toList();
  }
}
