package keepwell.health;

import java.time.Instant;
import java.util.Optional;

/**
 * What somebody says became of an account on a day, in place of what was said of that day before.
 *
 * @param outcome empty to take back what was said
 * @param at some time of the day
 */
public record OutcomeStatement(Optional<Outcome> outcome, Instant at) {}
