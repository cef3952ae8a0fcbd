package keepwell.health;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What became of the signals of a request.
 *
 * @param accepted how many are in the score now
 * @param duplicates how many were known already
 * @param refusals one for each signal that was not taken
 * @param score afterwards; empty for none
 * @param tier afterwards; empty for none
 */
public record Recorded(
    int accepted,
    int duplicates,
    List<Refusal> refusals,
    OptionalDouble score,
    Optional<String> tier)
    implements Answer {
  public Recorded {
    refusals = List.copyOf(refusals);
  }
}
