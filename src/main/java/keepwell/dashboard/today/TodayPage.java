package keepwell.dashboard.today;

/**
 * The page.
 *
 * @param feed the id of the last tier change that is surely in it
 */
record TodayPage(long feed) {}
