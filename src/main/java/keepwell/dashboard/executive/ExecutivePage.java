package keepwell.dashboard.executive;

/**
 * The page.
 *
 * @param feed the id of the last tier change that is surely in it
 */
record ExecutivePage(long feed) {}
