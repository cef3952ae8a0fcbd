package keepwell.dashboard.today;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import keepwell.dashboard.frame.Desk;
import keepwell.dashboard.frame.Tiers;
import keepwell.http.Rooms;
import keepwell.playbook.Playbook;
import keepwell.playbook.Storm;
import keepwell.playbook.Task;
import keepwell.playbook.TaskQuery;
import keepwell.playbook.TaskQuery.Place;
import keepwell.playbook.Workload;
import keepwell.portfolio.Highlights.Some;
import keepwell.portfolio.Listed;

/** Gathers what the page shows, at one moment. */
final class TodayReader {
  private static final int TASKS_MAX = 100;

  /** Today is one of them, as where moves are counted. */
  private static final int MOVED_DAYS = 7;

  private static final int MOVED_MAX = 12;

  private final Desk desk;
  private final Rooms rooms;
  private final Optional<String> owner;
  private final Tiers tiers;
  private final Due due;

  /**
   * @param owner whose tasks and accounts; empty: everybody's
   */
  TodayReader(Desk desk, Optional<String> owner) {
    this.desk = desk;
    this.rooms = desk.rooms();
    this.owner = owner;
    this.tiers = desk.tiers();
    this.due = new Due(rooms.days(), rooms.productClock().instant());
  }

  /**
   * @param after where the page of tasks before ended
   * @param origin of the server, as it was asked
   */
  TodayPage page(Optional<Place> after, String origin) throws SQLException {
    long feed = rooms.portfolio().feed().last(); // first, so that no change is missed
    List<Workload.Open> open = open();
    TaskQuery query =
        new TaskQuery(
            owner,
            Optional.of(Task.State.OPEN),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            after,
            TASKS_MAX + 1);
    List<Task> found = rooms.playbooks().tasks().page(query);
    boolean more = found.size() > TASKS_MAX;
    List<Task> tasks = more ? found.subList(0, TASKS_MAX) : found;
    return new TodayPage(
        feed,
        origin,
        due.today(),
        Says.tasks(owner, open),
        Owners.of(owner, open),
        TodayPage.groups(rows(tasks)),
        tasks.size(),
        after.isEmpty(),
        more ? Place.of(tasks.get(TASKS_MAX - 1)).cursor() : "",
        newly(),
        rooms.playbooks().storms().all(Optional.of(Storm.State.HELD)).stream()
            .map(digest -> Held.of(digest, this::playbook, due))
            .toList(),
        rooms.playbooks().versions().current().playbooks().size(),
        worst());
  }

  /** A task, whatever has become of it. */
  Changed changed(Task task) throws SQLException {
    return new Changed(rows(List.of(task)).get(0), Says.tasks(owner, open()));
  }

  private List<Workload.Open> open() throws SQLException {
    return rooms.playbooks().tasks().open(due.now(), due.endOfToday());
  }

  private List<TaskRow> rows(List<Task> tasks) throws SQLException {
    Set<String> ids = new HashSet<>();
    tasks.forEach(task -> ids.add(task.persistenceId()));
    Map<String, Listed> accounts = rooms.portfolio().accounts(ids);
    return tasks.stream()
        .map(
            task ->
                TaskRow.of(
                    task,
                    Optional.ofNullable(accounts.get(task.persistenceId())),
                    playbook(task.playbook()),
                    owner,
                    tiers,
                    due))
        .toList();
  }

  private String playbook(String key) {
    return rooms.playbooks().versions().current().playbook(key).map(Playbook::name).orElse(key);
  }

  private Tiers.Mark worst() {
    return tiers.all().stream()
        .filter(tier -> tier.shape().equals("worst"))
        .findFirst()
        .orElseGet(() -> tiers.of(Optional.empty()));
  }

  /** Tiers below the best, the worst first. */
  private List<Newly> newly() throws SQLException {
    Instant since = rooms.days().start(desk.today() + 1 - MOVED_DAYS).minusMillis(1);
    List<Tiers.Mark> below = new ArrayList<>(tiers.all());
    below.removeIf(tier -> tier.shape().equals("best"));
    Collections.reverse(below);
    List<Newly> newly = new ArrayList<>();
    for (Tiers.Mark tier : below) {
      Some some = rooms.portfolio().movedInto(tier.key(), since, owner, MOVED_MAX);
      if (some.count() > 0) {
        newly.add(Newly.of(tier, some, owner, tiers, due));
      }
    }
    return newly;
  }
}
