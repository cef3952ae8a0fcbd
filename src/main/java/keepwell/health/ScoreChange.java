package keepwell.health;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How an effective score has changed over some days, and what did it. The four parts add up to the
 * change exactly; they are absent if there is no score at one of the ends. Where today's scorecard
 * gives none to the first day, all that led to one counts to the scorecard; where there would be
 * none today without the signals since then, that counts to the signals.
 *
 * @param days how many
 * @param from the score at the end of the first day, by the scorecards then in force
 * @param to today's
 * @param signals what the signals since then did: today's score, less what it would be without them
 * @param time what passing time did: what it would be without those signals, less what it was
 * @param scorecard what scorecards that came into force since then did to the score of the first
 *     day
 * @param override what overrides do to today's score, less what they did to that of the first day
 * @param movers the metrics and adjustments that moved most points, by today's scorecard, most
 *     first
 */
public record ScoreChange(
    int days,
    OptionalDouble from,
    OptionalDouble to,
    OptionalDouble signals,
    OptionalDouble time,
    OptionalDouble scorecard,
    OptionalDouble override,
    List<Mover> movers) {
  /**
   * The change until a day.
   *
   * @param then the scorecards in force at the end of the first day
   * @param now those in force on the last
   */
  static ScoreChange of(Account account, Scorecards then, Scorecards now, int today, int days) {
    int first = today - days;
    double atFirst = account.rawScore(then, first, first);
    double atLast = account.rawScore(now, today, today);
    double alone = account.rawScore(now, today, first);
    double rescored = orElse(account.rawScore(now, first, first), orElse(alone, atLast));
    double leftAlone = orElse(alone, rescored);
    double from = account.overrides.held(atFirst, first);
    double to = account.overrides.held(atLast, today);
    boolean both = !Double.isNaN(from) && !Double.isNaN(to);
    return new ScoreChange(
        days,
        Evaluation.number(from),
        Evaluation.number(to),
        both ? part(leftAlone, atLast) : OptionalDouble.empty(),
        both ? part(rescored, leftAlone) : OptionalDouble.empty(),
        both ? part(atFirst, rescored) : OptionalDouble.empty(),
        both ? part(from - atFirst, to - atLast) : OptionalDouble.empty(),
        both ? movers(account, now, first, today) : List.of());
  }

  private static double orElse(double score, double other) {
    return Double.isNaN(score) ? other : score;
  }

  private static OptionalDouble part(double before, double after) {
    return OptionalDouble.of(Evaluation.round(after - before) + 0.0);
  }

  private static List<Mover> movers(Account account, Scorecards by, int first, int last) {
    return by.of(account.labels)
        .map(
            scorecard ->
                Mover.between(
                    Evaluation.of(scorecard, account.facts, first),
                    Evaluation.of(scorecard, account.facts, last),
                    account.facts))
        .orElse(List.of());
  }
}
