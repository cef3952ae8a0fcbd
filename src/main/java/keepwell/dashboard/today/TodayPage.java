package keepwell.dashboard.today;

import java.util.ArrayList;
import java.util.List;
import keepwell.dashboard.frame.Tiers;

/**
 * The page.
 *
 * @param feed the id of the last tier change that is surely in it
 * @param origin of the server, as it was asked
 * @param today the day
 * @param says how much there is to do
 * @param shown how many tasks are on this page
 * @param isFirst whether it is the first page of them
 * @param next the cursor of the next; empty if this is the last
 * @param playbooks how many are in force
 * @param worst tier of the first scorecard
 */
record TodayPage(
    long feed,
    String origin,
    String today,
    String says,
    Owners owners,
    List<Group> groups,
    int shown,
    boolean isFirst,
    String next,
    List<Newly> newly,
    List<Held> held,
    int playbooks,
    Tiers.Mark worst) {

  /** The tasks of a part of the list. */
  record Group(Due.When when, List<TaskRow> tasks) {}

  /** What is due first comes first. */
  static List<Group> groups(List<TaskRow> tasks) {
    List<Group> groups = new ArrayList<>();
    for (Due.When when : Due.When.values()) {
      List<TaskRow> some = tasks.stream().filter(task -> task.when() == when).toList();
      if (!some.isEmpty()) {
        groups.add(new Group(when, some));
      }
    }
    return groups;
  }

  /** Whether there is no other page of tasks: only then they are counted by when they are due. */
  boolean isWhole() {
    return isFirst && next.isEmpty();
  }

  /** The URL of the next page of tasks. */
  String nextPage() {
    return owners.here() + (owners.isOne() ? "&" : "?") + "cursor=" + next;
  }
}
