package keepwell.health;

/**
 * The account was looked at after a day was over.
 *
 * @param due whether there was reason to
 */
public record Reviewed(boolean due) implements Answer {}
