package keepwell.health;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What became of some signals or outcomes of an account.
 *
 * @param accepted how many are stored now, and in the score
 * @param duplicates the indexes of those that were known already, ascending from 0
 * @param refusals one for each that was not taken, ascending by its index
 * @param score afterwards; empty for none
 * @param tier afterwards; empty for none
 */
public record Recorded(
    int accepted,
    List<Integer> duplicates,
    List<Refusal> refusals,
    OptionalDouble score,
    Optional<String> tier)
    implements Answer {
  public Recorded {
    duplicates = List.copyOf(duplicates);
    refusals = List.copyOf(refusals);
  }

  /** What became of the signals from an index to the one before another, counted from there. */
  public Recorded part(int from, int to) {
    if (duplicates.isEmpty() && refusals.isEmpty()) { // mostly
      return new Recorded(to - from, duplicates, refusals, score, tier);
    }
    List<Integer> known =
        duplicates.stream()
            .filter(index -> from <= index && index < to)
            .map(index -> index - from)
            .toList();
    List<Refusal> refused =
        refusals.stream()
            .filter(refusal -> from <= refusal.index() && refusal.index() < to)
            .map(refusal -> new Refusal(refusal.code(), refusal.field(), refusal.index() - from))
            .toList();
    return new Recorded(to - from - known.size() - refused.size(), known, refused, score, tier);
  }
}
