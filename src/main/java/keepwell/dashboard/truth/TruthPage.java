package keepwell.dashboard.truth;

/**
 * The page.
 *
 * @param feed the id of the last tier change that is surely in it
 */
record TruthPage(long feed) {}
