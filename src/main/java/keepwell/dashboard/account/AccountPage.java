package keepwell.dashboard.account;

import java.time.LocalDate;
import java.util.List;
import keepwell.dashboard.frame.Figures;
import keepwell.dashboard.frame.Selection;
import keepwell.dashboard.frame.Tiers;
import keepwell.health.Standing;
import keepwell.http.Sentences;
import keepwell.portfolio.AccountQuery;
import keepwell.portfolio.Listed;

/**
 * An account by itself, on a day.
 *
 * @param feed the id of the last tier change that is surely in it
 * @param tier in which it is today
 * @param asOf the day as of a URL; empty for today
 * @param banner says which day it is, if it is not today
 * @param closed since when it is closed; empty if it is open
 * @param hero empty if the day cannot be computed any more, as are what follows from it
 * @param moved what has changed until today
 */
record AccountPage(
    long feed,
    String id,
    String name,
    Tiers.Mark tier,
    String asOf,
    String banner,
    String closed,
    List<Hero> hero,
    List<OverridePanel> override,
    List<Why> why,
    ScoreChart chart,
    Travel travel,
    List<String> moved,
    List<Change> changes,
    List<Fact> labels,
    ToDos todos,
    PlaybookRuns runs) {

  /** Where it is today. */
  String here() {
    return "/accounts/" + Selection.encoded(id);
  }

  /** Where what is read and changed of it by programs is. */
  String api() {
    return "/v1/accounts/" + Selection.encoded(id);
  }

  /** Where the signals are, of the day that is shown. */
  String signals() {
    return here() + "/signals" + (isToday() ? "" : "?asOf=" + asOf);
  }

  /** Where the signals behind a metric are. */
  String behind(String metric) {
    return here()
        + "/signals?metric="
        + Selection.encoded(metric)
        + (isToday() ? "" : "&asOf=" + asOf);
  }

  boolean isToday() {
    return asOf.isEmpty();
  }

  static AccountPage of(Seen seen) {
    Standing today = seen.today().standing();
    Tiers tiers = seen.tiers();
    Beside beside = seen.beside();
    return new AccountPage(
        beside.feed(),
        seen.id(),
        seen.name(),
        tiers.of(today.tier()),
        seen.isToday() ? "" : LocalDate.ofEpochDay(seen.day()).toString(),
        banner(seen),
        today.closedAt().map(at -> Figures.day(seen.days().of(at), today.asOf())).orElse(""),
        seen.standing().stream().map(standing -> Hero.of(seen, standing)).toList(),
        seen.standing().stream().map(OverridePanel::of).toList(),
        seen.standing().stream().map(standing -> Why.of(standing, beside.sources())).toList(),
        ScoreChart.of(
            seen.history(),
            seen.ahead(),
            beside.listed().flatMap(Listed::renewalOn),
            seen.today().tiers(),
            seen.days()),
        Travel.of(seen.history().days(), seen.ahead(), seen.day(), tiers),
        new Sentences(seen.today(), seen.days()).changes(),
        Change.of(seen.history().changes(), tiers, seen.days(), today.asOf()),
        labels(today),
        ToDos.of(seen),
        PlaybookRuns.of(seen));
  }

  private static String banner(Seen seen) {
    if (seen.isToday()) {
      return "";
    }
    String day = Figures.dayAndYear(seen.day());
    if (seen.standing().isEmpty()) {
      return "%s on %s cannot be computed any more".formatted(seen.name(), day);
    }
    return seen.day() < seen.todayIs()
        ? "You see %s as it was on %s".formatted(seen.name(), day)
        : "You see %s as it will be on %s if nothing happens".formatted(seen.name(), day);
  }

  private static List<Fact> labels(Standing standing) {
    return standing.labels().entrySet().stream()
        .map(
            label ->
                new Fact(
                    label.getKey(),
                    label.getValue(),
                    AccountQuery.LABELS.contains(label.getKey())
                        ? Selection.none().with(label.getKey(), label.getValue())
                        : ""))
        .toList();
  }
}
