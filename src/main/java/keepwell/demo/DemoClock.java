package keepwell.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;

/**
 * The time of the demo's node, UTC: some days behind at first, so that the last days of the history
 * can be lived through one by one, and in the end as it is.
 */
public final class DemoClock implements InstantSource {
  /** Fewer than a playbook waits for that asks how long an account has been in its tier. */
  private static final int LIVED_DAYS = 12;

  private final InstantSource real;
  private final LocalDate today;
  private volatile Duration behind;

  /**
   * A clock that is behind.
   *
   * @param real what it is once it has caught up
   */
  public DemoClock(InstantSource real) {
    this.real = real;
    this.today = LocalDate.ofInstant(real.instant(), ZoneOffset.UTC);
    this.behind = Duration.between(start(first()), real.instant());
  }

  /** The day on which the history ends: it ends with the day before. */
  LocalDate today() {
    return today;
  }

  /** The first day that is lived through. */
  LocalDate first() {
    return today.minusDays(LIVED_DAYS);
  }

  /** Leaps ahead. */
  void leap(LocalDate day, LocalTime time) {
    behind = Duration.between(day.atTime(time).toInstant(ZoneOffset.UTC), real.instant());
  }

  /** From now on it is as late as it is. */
  void catchUp() {
    behind = Duration.ZERO;
  }

  @Override
  public Instant instant() {
    return real.instant().minus(behind);
  }

  private static Instant start(LocalDate day) {
    return day.atStartOfDay().toInstant(ZoneOffset.UTC);
  }
}
