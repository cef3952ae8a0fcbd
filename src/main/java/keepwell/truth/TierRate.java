package keepwell.truth;

import keepwell.health.Scorecard;
import keepwell.health.Tier;
import keepwell.portfolio.ShareInterval;

/**
 * The accounts that were in a tier.
 *
 * @param scorecard whose tier it is, by its key
 * @param worst whether it is the lowest of several
 * @param rate of those that stayed
 * @param expected of that rate
 */
public record TierRate(
    String scorecard,
    Tier tier,
    boolean worst,
    long accounts,
    long stayed,
    ShareInterval rate,
    Expectation expected) {

  static TierRate of(Scorecard scorecard, int rank, long accounts, long stayed) {
    Tier tier = scorecard.tiers().get(rank);
    return new TierRate(
        scorecard.key(),
        tier,
        scorecard.worst().filter(tier.key()::equals).isPresent(),
        accounts,
        stayed,
        ShareInterval.of(stayed, accounts, Long.MAX_VALUE),
        Expectation.of(rank, scorecard.tiers().size()));
  }

  public long left() {
    return accounts - stayed;
  }
}
