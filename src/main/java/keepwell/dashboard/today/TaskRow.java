package keepwell.dashboard.today;

import java.util.Optional;
import keepwell.dashboard.frame.Figures;
import keepwell.dashboard.frame.Selection;
import keepwell.dashboard.frame.Tiers;
import keepwell.playbook.Task;
import keepwell.playbook.Task.Points;
import keepwell.portfolio.Listed;

/**
 * A task in the list, and its account as it is now; what is not known is empty.
 *
 * @param state how it is called for people; empty while it is open
 * @param self the URL of this row
 * @param given when the task was given, and at which score
 * @param why what took most of the score then
 * @param whyPoints how much that was
 * @param due when it is due
 */
record TaskRow(
    long id,
    String state,
    String self,
    String title,
    String owner,
    String playbook,
    String given,
    String why,
    String whyPoints,
    String name,
    String url,
    Tiers.Mark tier,
    String score,
    String arr,
    String renewal,
    Due.When when,
    String due) {

  /**
   * @param account empty if it was erased, or is not listed yet
   * @param shown whose tasks the page shows
   */
  static TaskRow of(
      Task task,
      Optional<Listed> account,
      String playbook,
      Optional<String> shown,
      Tiers tiers,
      Due due) {
    Task.Situation then = task.situation();
    Optional<Points> lost = then.reasons().stream().findFirst();
    return new TaskRow(
        task.id(),
        state(task),
        "/today/tasks/" + task.id() + query(shown),
        task.title(),
        task.owner().orElse(""),
        playbook,
        due.since(task.givenAt())
            + (then.score() == null ? "" : " at " + Figures.score(then.score())),
        lost.map(Points::name).orElse(""),
        lost.map(points -> "−" + Figures.score(points.points())).orElse(""),
        account.map(Listed::name).orElse(then.name()),
        "/accounts/" + Selection.encoded(task.account()),
        tiers.of(account.flatMap(Listed::tier)),
        account.flatMap(Listed::score).map(Figures::score).orElse(""),
        account.flatMap(Listed::arr).map(Figures::compact).orElse(""),
        account.flatMap(Listed::renewalOn).map(due::day).orElse(""),
        due.when(task.dueAt()),
        due.due(task.dueAt()));
  }

  static String query(Optional<String> owner) {
    return owner.map(name -> "?owner=" + Selection.encoded(name)).orElse("");
  }

  private static String state(Task task) {
    return switch (task.state()) {
      case OPEN -> "";
      case DONE -> "Done";
      case DISMISSED -> "Dismissed";
    };
  }

  boolean isOpen() {
    return state.isEmpty();
  }

  boolean isLate() {
    return isOpen() && when == Due.When.OVERDUE;
  }

  /** When it is due, in a sentence. */
  String isDue() {
    return isLate()
        ? "It was due " + due.replace(" late", " ago") + "."
        : when == Due.When.TODAY && !due.equals("today")
            ? "It is due at " + due + "."
            : "It is due " + (when == Due.When.TODAY ? "" : "on ") + due + ".";
  }

  /** By which it is told from others. */
  String label() {
    return title + ", " + name;
  }
}
