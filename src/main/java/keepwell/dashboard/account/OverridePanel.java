package keepwell.dashboard.account;

import java.util.ArrayList;
import java.util.List;
import keepwell.dashboard.frame.Figures;
import keepwell.health.Overrides.Period;
import keepwell.health.Standing;

/**
 * What holds the score of an account.
 *
 * @param score the effective one; empty for none
 * @param raw what it would be otherwise
 * @param facts empty if nothing holds it
 */
record OverridePanel(String score, String raw, List<Fact> facts) {

  static OverridePanel of(Standing standing) {
    return new OverridePanel(
        standing.score().isPresent() ? Figures.score(standing.score().getAsDouble()) : "–",
        standing.rawScore().isPresent() ? Figures.score(standing.rawScore().getAsDouble()) : "–",
        standing.override().map(period -> bounds(period, standing.asOf())).orElse(List.of()));
  }

  /** As the review pack has them. */
  static List<Fact> facts(Standing standing, Period period) {
    List<Fact> facts = new ArrayList<>();
    period.what().min().ifPresent(min -> facts.add(new Fact("At least", Figures.score(min))));
    period.what().max().ifPresent(max -> facts.add(new Fact("At most", Figures.score(max))));
    standing.rawScore().ifPresent(raw -> facts.add(new Fact("Raw score", Figures.score(raw))));
    facts.add(new Fact("Reason", period.what().reason()));
    facts.add(new Fact("Author", period.what().author()));
    facts.add(new Fact("Until", Figures.day(period.what().until(), standing.asOf())));
    return facts;
  }

  private static List<Fact> bounds(Period period, int today) {
    List<Fact> facts = new ArrayList<>();
    period.what().min().ifPresent(min -> facts.add(new Fact("At least", Figures.score(min))));
    period.what().max().ifPresent(max -> facts.add(new Fact("At most", Figures.score(max))));
    facts.add(new Fact("Reason", period.what().reason()));
    facts.add(new Fact("Author", period.what().author()));
    facts.add(new Fact("Set on", Figures.day(period.from(), today)));
    facts.add(
        new Fact(
            "Until",
            Figures.day(period.what().until(), today)
                + ", "
                + Figures.distance(period.what().until(), today)));
    return facts;
  }
}
