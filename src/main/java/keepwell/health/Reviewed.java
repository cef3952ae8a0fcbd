package keepwell.health;

/**
 * The account was looked at after a day was over, or scorecards or thresholds had become new.
 *
 * @param due whether there was reason to
 */
public record Reviewed(boolean due) implements Answer {}
