package keepwell.dashboard.account;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import keepwell.dashboard.frame.Figures;
import keepwell.dashboard.frame.Selection;
import keepwell.dashboard.frame.Tiers;
import keepwell.health.Days;
import keepwell.health.Explained;
import keepwell.health.Standing;
import keepwell.health.Standing.CategoryScore;
import keepwell.health.Standing.MetricScore;
import keepwell.http.ReviewPack;
import keepwell.http.Sentences;
import keepwell.playbook.Task;
import keepwell.portfolio.Listed;

/**
 * An account's business review, on two pages of paper.
 *
 * @param day on which it is held
 * @param score empty for none
 * @param standing sentences; the first says how it stands
 * @param changed sentences
 * @param gives the metrics that give most points
 * @param loses those that lose most
 */
record ReviewPage(
    String id,
    String name,
    String day,
    Tiers.Mark tier,
    String score,
    List<Fact> facts,
    List<String> standing,
    List<String> changed,
    List<Category> categories,
    List<Driver> gives,
    List<Driver> loses,
    List<Action> actions,
    List<Fact> override,
    ScoreChart chart,
    List<Change> changes,
    List<ToDo> open,
    List<ToDo> done) {

  /**
   * A category.
   *
   * @param score empty if it is left out
   * @param width of its bar, in percent
   */
  record Category(String name, String score, double width) {}

  /** A metric, what was measured, and points of the score. */
  record Driver(String name, String value, String points) {}

  /**
   * A task.
   *
   * @param owner empty for nobody
   * @param day on which it is due, or was done
   */
  record ToDo(String title, String owner, String day) {}

  /** Where the account's own page is. */
  String account() {
    return "/accounts/" + Selection.encoded(id);
  }

  static ReviewPage of(ReviewPack pack, Days days) {
    Explained explained = pack.explained();
    Standing standing = explained.standing();
    Tiers tiers = Tiers.of(explained.tiers());
    Sentences sentences = new Sentences(explained, days);
    int today = standing.asOf();
    return new ReviewPage(
        standing.account(),
        standing.labels().getOrDefault("name", standing.account()),
        Figures.longDay(today),
        tiers.of(standing.tier()),
        standing.score().isPresent() ? Figures.score(standing.score().getAsDouble()) : "",
        facts(standing, pack.listed(), days),
        sentences.standing(),
        sentences.changes(),
        standing.categories().stream().map(ReviewPage::category).toList(),
        pack.gives().stream().map(metric -> driver(metric, metric.contribution(), "+")).toList(),
        pack.loses().stream().map(metric -> driver(metric, metric.lost(), "−")).toList(),
        Action.of(standing, Sources.NONE),
        standing.override().map(period -> OverridePanel.facts(standing, period)).orElse(List.of()),
        ScoreChart.of(pack.history(), explained.tiers(), days),
        Change.of(pack.history().changes(), tiers, days, today),
        pack.open().stream()
            .map(task -> toDo(task, Optional.of(task.dueAt()), days, today))
            .toList(),
        pack.done().stream().map(task -> toDo(task, task.endedAt(), days, today)).toList());
  }

  private static List<Fact> facts(Standing standing, Optional<Listed> listed, Days days) {
    int today = standing.asOf();
    List<Fact> facts = new ArrayList<>();
    standing
        .tierSince()
        .ifPresent(
            at -> facts.add(new Fact("In this tier since", Figures.day(days.of(at), today))));
    listed
        .flatMap(Listed::renewalOn)
        .ifPresent(
            day ->
                facts.add(
                    new Fact(
                        "Renewal", Figures.day(day, today) + ", " + Figures.distance(day, today))));
    listed
        .flatMap(Listed::arr)
        .ifPresent(arr -> facts.add(new Fact("Worth a year", Figures.count(Math.round(arr)))));
    facts.add(new Fact("Data for", Figures.percent(standing.coverage())));
    for (String label : List.of("owner", "segment", "parent")) {
      Optional.ofNullable(standing.labels().get(label))
          .ifPresent(
              value ->
                  facts.add(
                      new Fact(
                          label.substring(0, 1).toUpperCase(Locale.ROOT) + label.substring(1),
                          value)));
    }
    standing
        .closedAt()
        .ifPresent(at -> facts.add(new Fact("Closed", Figures.day(days.of(at), today))));
    return facts;
  }

  private static Category category(CategoryScore category) {
    return new Category(
        category.name(),
        category.score().isPresent() ? Figures.score(category.score().getAsDouble()) : "",
        category.score().orElse(0));
  }

  private static Driver driver(MetricScore metric, OptionalDouble points, String sign) {
    return new Driver(
        metric.name(),
        metric.value().isPresent() ? Figures.value(metric.value().getAsDouble()) : "no data",
        sign + Figures.score(points.orElse(0)));
  }

  private static ToDo toDo(Task task, Optional<Instant> at, Days days, int today) {
    return new ToDo(
        task.title(),
        task.owner().orElse(""),
        at.map(instant -> Figures.day(days.of(instant), today)).orElse(""));
  }
}
