package keepwell.dashboard.account;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import keepwell.dashboard.frame.Figures;
import keepwell.health.Days;
import keepwell.playbook.Task;

/**
 * What is to be done about an account, and what was done lately.
 *
 * @param note what is left out; empty for nothing
 */
record ToDos(List<Item> open, String note, List<Item> done) {

  /**
   * A task.
   *
   * @param day when it is due, or was done
   * @param late whether it was to be done before
   * @param beside who does it, and by which playbook it was given
   */
  record Item(long id, String title, String day, boolean late, String beside) {}

  static ToDos of(Seen seen) {
    Beside beside = seen.beside();
    return new ToDos(
        beside.open().stream().map(task -> item(task, seen)).toList(),
        beside.open().size() < Beside.TASKS_MAX
            ? ""
            : "Only the %d that are due first.".formatted(Beside.TASKS_MAX),
        beside.done().stream().map(task -> item(task, seen)).toList());
  }

  private static Item item(Task task, Seen seen) {
    return new Item(
        task.id(),
        task.title(),
        day(task, seen.days(), seen.now()),
        task.isOverdue(seen.now()),
        "%s, by %s"
            .formatted(
                task.owner().orElse("Nobody’s"), seen.beside().playbookName(task.playbook())));
  }

  private static String day(Task task, Days days, Instant now) {
    Optional<Instant> done = task.endedAt();
    int today = days.of(now);
    int day = days.of(done.orElse(task.dueAt()));
    String when = Figures.day(day, today) + (day == today ? ", today" : "");
    if (done.isPresent()) {
      return "done " + when;
    }
    return (task.isOverdue(now) ? "was due " : "due ") + when;
  }
}
