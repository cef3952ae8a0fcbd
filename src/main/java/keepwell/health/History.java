package keepwell.health;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import keepwell.health.AccountEvent.TierChanged;

/**
 * An account day by day.
 *
 * @param days without a gap, oldest first, today last: by today's scorecards and labels, the
 *     overrides of that day, and the plain bands
 * @param changes of the tier in those days, as they were settled, oldest first
 * @param overrides that were set or held in those days, oldest first
 */
public record History(
    String account,
    List<DayScore> days,
    List<TierChanged> changes,
    List<Overrides.Period> overrides)
    implements Answer {

  /** The longest history that is told. */
  public static final int DAYS_MAX = 365;

  /**
   * The effective score of a day.
   *
   * @param score empty if there was none, or if the day can no longer be computed
   */
  public record DayScore(int day, OptionalDouble score, Optional<String> tier) {}

  /** The last days of an account, today included. */
  static History of(Account account, Scorecards scorecards, int today, int days) {
    int first = today - days + 1;
    List<DayScore> scores = new ArrayList<>(days);
    Optional<Scorecard> scorecard = scorecards.of(account.labels);
    for (int day = first; day <= today; day++) {
      double score =
          account.canScore(scorecards, day) ? account.score(scorecards, day) : Double.NaN;
      Optional<String> tier = scorecard.map(card -> card.band(score));
      scores.add(new DayScore(day, Evaluation.number(score), tier));
    }
    return new History(
        account.id,
        scores,
        account.settlement.changes().stream()
            .filter(change -> account.days.of(change.at()) >= first)
            .toList(),
        account.overrides.periods.stream()
            .filter(period -> Math.max(period.from(), period.through()) >= first)
            .toList());
  }
}
