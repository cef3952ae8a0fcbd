package keepwell.health;

import java.time.Instant;
import java.util.Optional;
import keepwell.health.AccountEvent.TierChanged;

/**
 * The settled side of an account: its tier, and up to where it has been judged. The score is not
 * settled, it follows from the facts.
 *
 * @param tier null for none
 * @param since since when it has that tier; null if it never had one
 * @param previous the tier before; null for none
 * @param judgedThrough the last day that has been judged
 * @param version of the scorecards by which it was settled last; 0 before
 */
record Settlement(String tier, Instant since, String previous, int judgedThrough, int version) {
  static final Settlement NEW = new Settlement(null, null, null, Integer.MIN_VALUE, 0);

  /** After something that happened on a day by a version of the scorecards. */
  Settlement on(int day, int version) {
    return new Settlement(
        tier, since, previous, Math.max(judgedThrough, day - 1), Math.max(this.version, version));
  }

  Settlement moved(TierChanged change) {
    return new Settlement(change.to().orElse(null), change.at(), tier, judgedThrough, version);
  }

  Optional<String> tierKey() {
    return Optional.ofNullable(tier);
  }
}
