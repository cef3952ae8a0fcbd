package keepwell.dashboard;

import java.util.Optional;

/**
 * What is at the foot of every page.
 *
 * @param asOf the day of the scores
 * @param version of the scorecards in force
 * @param key the name of the key that the browser has shown; empty if none is asked for
 */
record Foot(String asOf, int version, Optional<String> key) {}
