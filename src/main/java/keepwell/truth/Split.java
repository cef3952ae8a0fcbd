package keepwell.truth;

import java.util.Optional;
import java.util.Set;
import keepwell.health.Judged;

/**
 * Which accounts are fitted to, and which are held out: by their labels, or by chance.
 *
 * @param label by whose values; empty: by chance, which is always the same for an account
 * @param train the values of those that are fitted to
 * @param heldOut the values of those that are held out; empty: all others
 * @param trainShare of those that are fitted to, by chance; 0 to 1
 */
public record Split(
    Optional<String> label, Set<String> train, Set<String> heldOut, double trainShare) {
  public Split {
    train = Set.copyOf(train);
    heldOut = Set.copyOf(heldOut);
  }

  /** Where an account belongs. */
  enum Part {
    TRAIN,
    HELD_OUT,
    NEITHER
  }

  /**
   * @param place of the account among all, by chance; 0 to 1
   */
  Part of(Judged account, double place) {
    if (label.isEmpty()) {
      return place < trainShare ? Part.TRAIN : Part.HELD_OUT;
    }
    String value = account.label().orElse("");
    if (train.contains(value)) {
      return Part.TRAIN;
    }
    return heldOut.isEmpty() || heldOut.contains(value) ? Part.HELD_OUT : Part.NEITHER;
  }
}
