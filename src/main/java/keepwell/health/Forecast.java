package keepwell.health;

import java.util.Optional;

/**
 * The fall of an account's tier that comes if nothing happens.
 *
 * @param tier that it falls to, by the plain bands
 * @param on the first day whose score lies in it, counted from 1970-01-01
 */
public record Forecast(String tier, int on) {
  private static final int DAYS_MAX = 180;

  /**
   * The fall within {@value #DAYS_MAX} days of a day, by raw scores: from the present tier, or
   * where an override holds, from that of the raw score. Only days on which the score can move are
   * scored, and none if there is no lower tier.
   *
   * @param tier the present one; empty for none
   */
  static Optional<Forecast> of(Evaluation present, Optional<String> tier, Account account) {
    Scorecard scorecard = present.scorecard;
    boolean held = account.overrides.on(present.day).isPresent();
    Optional<String> from = held ? Optional.ofNullable(scorecard.band(present.score())) : tier;
    int rank = from.map(scorecard::rank).orElse(-1);
    int lowest = scorecard.tiers().size() - 1;
    int last = present.day + DAYS_MAX;
    Evaluation evaluation = present;
    while (rank >= 0 && rank < lowest && evaluation.day <= last) {
      String band = scorecard.band(evaluation.score());
      if (scorecard.rank(band) > rank) {
        return Optional.of(new Forecast(band, evaluation.day));
      }
      int next = evaluation.nextChange(account.facts);
      if (next > last) {
        break;
      }
      evaluation = Evaluation.of(scorecard, account.facts, next);
    }
    return Optional.empty();
  }
}
