package keepwell.health;

/**
 * How much an account may have. Whatever it has already it keeps, also where it could not get it
 * any more.
 *
 * @param signalKeysMax signals of different keys that it has ever sent
 * @param labelsMax labels
 */
public record Capacity(int signalKeysMax, int labelsMax) {}
