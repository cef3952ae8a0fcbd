package keepwell.health;

/**
 * A named band of scores.
 *
 * @param key e.g. {@code green}
 * @param name for people, e.g. {@code Healthy}
 * @param from the lowest score that belongs to it; it reaches up to the next better tier
 */
public record Tier(String key, String name, double from) {}
