package keepwell.health;

/**
 * Something wrong with a document.
 *
 * @param path where, e.g. {@code scorecards[0].tiers[2].from}
 * @param problem what, for a sentence that begins with the path
 */
public record Fault(String path, String problem) {}
