package keepwell.dashboard.account;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import keepwell.dashboard.frame.Figures;
import keepwell.dashboard.frame.Selection;
import keepwell.dashboard.frame.Tiers;
import keepwell.health.AccountEvent.TierChanged;
import keepwell.health.Days;
import keepwell.health.Explained;
import keepwell.health.History;
import keepwell.health.Overrides.Period;
import keepwell.health.Standing;
import keepwell.http.Sentences;
import keepwell.http.Tenths;
import keepwell.portfolio.AccountQuery;
import keepwell.portfolio.Listed;

/**
 * An account by itself.
 *
 * @param feed the id of the last tier change that is surely in it
 * @param score empty for none
 * @param sentences the first says how it stands
 * @param facts that fit into a line
 */
record AccountPage(
    long feed,
    String id,
    String name,
    Tiers.Mark tier,
    String score,
    String since,
    List<String> sentences,
    List<Action> actions,
    List<Fact> facts,
    List<Fact> override,
    List<Fact> labels,
    ScoreChart chart,
    List<Change> changes,
    Why why) {

  /** Something to do, and the points that it could gain. */
  record Action(String name, String gain) {}

  /**
   * @param url of all that share it; empty for none
   */
  record Fact(String name, String value, String url) {
    Fact(String name, String value) {
      this(name, value, "");
    }
  }

  /** A tier change, and what caused it. */
  record Change(String day, Tiers.Mark from, Tiers.Mark to, String scores, String reason) {}

  /** Where its review pack is. */
  String review() {
    return "/v1/accounts/" + Selection.encoded(id) + "/review";
  }

  /**
   * @param listed as the portfolio has it; empty if it has not come to it yet
   */
  static AccountPage of(
      long feed,
      Explained explained,
      History history,
      Optional<Listed> listed,
      Sources sources,
      Days days) {
    Standing standing = explained.standing();
    Tiers tiers = Tiers.of(explained.tiers());
    int today = standing.asOf();
    return new AccountPage(
        feed,
        standing.account(),
        standing.labels().getOrDefault("name", standing.account()),
        tiers.of(standing.tier()),
        standing.score().isPresent() ? Figures.score(standing.score().getAsDouble()) : "",
        standing.tierSince().map(at -> Figures.day(days.of(at), today)).orElse(""),
        new Sentences(explained, days).all(),
        actions(standing),
        facts(standing, listed, tiers, days),
        standing.override().map(period -> override(standing, period)).orElse(List.of()),
        labels(standing),
        ScoreChart.of(history, explained.tiers(), days),
        changes(history.changes(), tiers, days, today),
        Why.of(standing, sources));
  }

  static List<Action> actions(Standing standing) {
    Map<String, String> metrics = new HashMap<>();
    Map<String, String> adjustments = new HashMap<>();
    standing
        .categories()
        .forEach(
            category ->
                category.metrics().forEach(metric -> metrics.put(metric.key(), metric.name())));
    standing.adjustments().forEach(each -> adjustments.put(each.key(), each.name()));
    return standing.actions().stream()
        .map(
            action ->
                new Action(
                    (action.metric() ? metrics : adjustments).getOrDefault(action.key(), ""),
                    Tenths.signed(Tenths.tenths(action.gain()))))
        .toList();
  }

  private static List<Fact> facts(
      Standing standing, Optional<Listed> listed, Tiers tiers, Days days) {
    int today = standing.asOf();
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("7 days", trend(standing.trend7())));
    facts.add(new Fact("30 days", trend(standing.trend30())));
    standing
        .forecast()
        .ifPresent(
            fall ->
                facts.add(
                    new Fact(
                        "If nothing happens",
                        "%s on %s, %s"
                            .formatted(
                                tiers.of(Optional.of(fall.tier())).name(),
                                Figures.day(fall.on(), today),
                                Figures.distance(fall.on(), today)))));
    listed
        .flatMap(Listed::renewalOn)
        .ifPresent(
            day ->
                facts.add(
                    new Fact(
                        "Renewal", Figures.day(day, today) + ", " + Figures.distance(day, today))));
    listed.flatMap(Listed::arr).ifPresent(arr -> facts.add(new Fact("ARR", Figures.compact(arr))));
    facts.add(new Fact("Data for", Figures.percent(standing.coverage())));
    standing
        .scorecard()
        .ifPresent(key -> facts.add(new Fact("Scorecard", key + ", v" + standing.version())));
    standing
        .closedAt()
        .ifPresent(at -> facts.add(new Fact("Closed", Figures.day(days.of(at), today))));
    return facts;
  }

  private static String trend(OptionalDouble points) {
    return points.isPresent() ? Figures.trend(points.getAsDouble()) : "not known";
  }

  static List<Fact> override(Standing standing, Period period) {
    List<Fact> facts = new ArrayList<>();
    period.what().min().ifPresent(min -> facts.add(new Fact("At least", Figures.score(min))));
    period.what().max().ifPresent(max -> facts.add(new Fact("At most", Figures.score(max))));
    standing.rawScore().ifPresent(raw -> facts.add(new Fact("Raw score", Figures.score(raw))));
    facts.add(new Fact("Reason", period.what().reason()));
    facts.add(new Fact("Author", period.what().author()));
    facts.add(new Fact("Until", Figures.day(period.what().until(), standing.asOf())));
    return facts;
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

  /** The latest first. */
  static List<Change> changes(List<TierChanged> changed, Tiers tiers, Days days, int today) {
    List<Change> changes = new ArrayList<>();
    for (TierChanged change : changed) {
      changes.add(
          0,
          new Change(
              Figures.day(days.of(change.at()), today),
              tiers.of(change.from()),
              tiers.of(change.to()),
              scores(change),
              reason(change)));
    }
    return changes;
  }

  private static String scores(TierChanged change) {
    String to = change.score().map(Figures::score).orElse("no score");
    return change.previousScore().map(from -> Figures.score(from) + " → " + to).orElse(to);
  }

  private static String reason(TierChanged change) {
    return switch (change.reason()) {
      case SIGNAL -> "by a signal";
      case TIME -> "by time passing";
      case SCORECARD -> "by a scorecard or labels";
      case OVERRIDE -> "by an override";
    };
  }
}
