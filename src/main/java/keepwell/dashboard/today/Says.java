package keepwell.dashboard.today;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import keepwell.dashboard.frame.Figures;
import keepwell.playbook.Workload;

/** How much there is to do, in a sentence or two. */
final class Says {
  private Says() {}

  /**
   * @param owner whose tasks; empty: everybody's
   * @param all what each owner has to do
   */
  static String tasks(Optional<String> owner, List<Workload.Open> all) {
    List<Workload.Open> some =
        all.stream().filter(open -> owner.isEmpty() || open.owner().equals(owner)).toList();
    long open = some.stream().mapToLong(Workload.Open::open).sum();
    String whose = owner.map(name -> " of " + name).orElse("");
    boolean bounded = all.stream().mapToLong(Workload.Open::open).sum() >= Workload.OPEN_MAX;
    if (open == 0) {
      return bounded
          ? "More than %s are open.".formatted(Figures.count(Workload.OPEN_MAX, "task"))
          : "No task" + whose + " is open.";
    }
    return (bounded ? "More than " : "")
        + Figures.count(open, "task")
        + whose
        + (open == 1 && !bounded ? " is open" : " are open")
        + dueSoon(open, some)
        + "."
        + unowned(owner, all);
  }

  private static String dueSoon(long open, List<Workload.Open> some) {
    List<String> parts = new ArrayList<>();
    long overdue = some.stream().mapToLong(Workload.Open::overdue).sum();
    long today = some.stream().mapToLong(Workload.Open::today).sum();
    if (overdue > 0) {
      parts.add(number(overdue) + " overdue");
    }
    if (today > 0) {
      parts.add(overdue > 0 ? Figures.count(today) + " due today" : number(today) + " due today");
    }
    String none = open == 1 ? ", and not due today" : ", none of them is due today";
    return parts.isEmpty() ? none : ", " + String.join(" and ", parts);
  }

  private static String number(long number) {
    return Figures.count(number) + (number == 1 ? " is" : " are");
  }

  private static String unowned(Optional<String> owner, List<Workload.Open> all) {
    long nobody =
        all.stream().filter(open -> open.owner().isEmpty()).mapToLong(Workload.Open::open).sum();
    return owner.isPresent() || nobody == 0
        ? ""
        : " " + Figures.count(nobody) + (nobody == 1 ? " has no owner." : " have no owner.");
  }
}
