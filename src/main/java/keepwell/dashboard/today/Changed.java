package keepwell.dashboard.today;

/**
 * A task that was changed, and how much there is to do now.
 *
 * @param says that
 */
record Changed(TaskRow task, String says) {}
