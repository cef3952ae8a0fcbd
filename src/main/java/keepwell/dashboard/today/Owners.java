package keepwell.dashboard.today;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import keepwell.dashboard.frame.Figures;
import keepwell.playbook.Workload;

/**
 * Whose tasks can be shown.
 *
 * @param shown the one whose are; empty: everybody's
 * @param total open tasks of everybody
 * @param open tasks of those shown
 */
record Owners(String shown, List<Owner> all, String total, String open) {

  /** Somebody who has tasks. */
  record Owner(String name, String tasks) {}

  static Owners of(Optional<String> shown, List<Workload.Open> open) {
    List<Owner> all = new ArrayList<>();
    long total = 0;
    long own = 0;
    for (Workload.Open each : open) {
      total += each.open();
      own += shown.isEmpty() || each.owner().equals(shown) ? each.open() : 0;
      each.owner().ifPresent(name -> all.add(new Owner(name, Figures.count(each.open()))));
    }
    shown
        .filter(name -> all.stream().noneMatch(owner -> owner.name.equals(name)))
        .ifPresent(name -> all.add(new Owner(name, "0")));
    all.sort(Comparator.comparing(Owner::name));
    return new Owners(shown.orElse(""), all, Figures.count(total), Figures.count(own));
  }

  boolean isOne() {
    return !shown.isEmpty();
  }

  /** The URL of the page, from its beginning. */
  String here() {
    return "/today" + TaskRow.query(Optional.of(shown).filter(name -> !name.isEmpty()));
  }
}
