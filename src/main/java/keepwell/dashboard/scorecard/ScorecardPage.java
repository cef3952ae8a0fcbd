package keepwell.dashboard.scorecard;

/**
 * The page.
 *
 * @param feed the id of the last tier change that is surely in it
 */
record ScorecardPage(long feed) {}
