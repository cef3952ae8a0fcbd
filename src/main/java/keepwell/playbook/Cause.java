package keepwell.playbook;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Why a run began: what was true of the account then, as it is stored and shown.
 *
 * @param trigger which kind: {@code transition}, {@code below}, {@code drop}, {@code spent}, {@code
 *     renewal} or {@code return}
 * @param change the id in the feed, where a tier change was it
 * @param reason of that tier change, as in the feed
 * @param score then, effective
 * @param threshold that was crossed, or the points of a fall
 * @param days of a fall, in a tier, or until a renewal
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Cause(
    String trigger,
    Long change,
    String reason,
    String from,
    String to,
    Double score,
    Double previousScore,
    Double threshold,
    Integer days) {

  /** Whether it may be that only a source of signals has failed. */
  boolean mayComeOfSilence() {
    return reason == null || reason.equals("time");
  }

  /** The same, if the score has fallen by so many points from the highest of the days before. */
  Optional<Cause> fallenFrom(OptionalDouble highest) {
    return highest.isPresent() && highest.getAsDouble() - score >= threshold
        ? Optional.of(
            new Cause(
                trigger, change, reason, from, to, score, highest.getAsDouble(), threshold, days))
        : Optional.empty();
  }
}
