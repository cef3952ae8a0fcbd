package keepwell.portfolio;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * An account's move from one tier to another, as the feed tells it.
 *
 * @param id rises in the order in which the changes were stored
 * @param from empty for the first tier
 * @param to empty for a tier that was lost, and of an account that was erased
 * @param previousScore without the cause
 * @param reason {@code signal}, {@code time}, {@code scorecard}, {@code override} or {@code erased}
 * @param scorecard its key; empty if none fits
 * @param version of the scorecards; 0 of an account that was erased
 * @param at product time
 * @param quiet whether channels and playbooks skip it
 * @param labels of the account then
 */
public record TierChange(
    long id,
    String account,
    Optional<String> from,
    Optional<String> to,
    Optional<Double> score,
    Optional<Double> previousScore,
    String reason,
    Optional<String> scorecard,
    int version,
    Instant at,
    boolean quiet,
    Map<String, String> labels) {
  /** The reason of the last change of an account that was erased. */
  public static final String ERASED = "erased";
}
