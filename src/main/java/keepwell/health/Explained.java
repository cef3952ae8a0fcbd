package keepwell.health;

import java.util.List;

/**
 * How an account stands today, and how it came to that.
 *
 * @param changes over each number of days that was asked for
 * @param tiers of its scorecard, best first; empty if none fits
 */
public record Explained(Standing standing, List<ScoreChange> changes, List<Tier> tiers)
    implements Answer {}
