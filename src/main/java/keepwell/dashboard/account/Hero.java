package keepwell.dashboard.account;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import keepwell.dashboard.frame.Figures;
import keepwell.dashboard.frame.Tiers;
import keepwell.health.Explained;
import keepwell.health.Forecast;
import keepwell.health.History.DayScore;
import keepwell.health.Standing;
import keepwell.health.Tier;
import keepwell.http.Sentences;
import keepwell.portfolio.Listed;

/**
 * How an account stands on a day.
 *
 * @param score empty for none
 * @param since since when it is in its tier, and what it was before
 * @param says why there is no score, or that it is held
 * @param fall the tier that it falls to if nothing happens; empty for none
 * @param ahead that, in words
 * @param beside what else there is to say of it; empty for nothing
 * @param together what the actions could come to; empty if that cannot be said
 */
record Hero(
    Tiers.Mark tier,
    String score,
    String since,
    String says,
    List<Tiers.Mark> fall,
    String ahead,
    String beside,
    List<Action> actions,
    String together,
    List<Fact> facts) {

  static Hero of(Seen seen, Standing standing) {
    Tiers tiers = seen.tiers();
    Explained explained = new Explained(standing, List.of(), seen.today().tiers());
    List<String> sentences = new Sentences(explained, seen.days()).standing();
    return new Hero(
        tiers.of(standing.tier()),
        standing.score().isPresent() ? Figures.score(standing.score().getAsDouble()) : "",
        standing.tier().isPresent() ? since(seen, standing, tiers) : "",
        standing.score().isEmpty()
            ? sentences.get(0)
            : standing.override().isPresent() ? sentences.get(1) : "",
        standing.forecast().stream().map(fall -> tiers.of(Optional.of(fall.tier()))).toList(),
        ahead(seen, standing),
        standing.forecast().map(fall -> beside(seen, standing, fall)).orElse(""),
        Action.of(standing, seen.beside().sources()),
        together(seen, standing),
        facts(seen, standing));
  }

  /** Today by when the tier was settled; on another day by the days before. */
  private static String since(Seen seen, Standing standing, Tiers tiers) {
    int day = standing.asOf();
    if (seen.isToday() && standing.tierSince().isPresent()) {
      int since = seen.days().of(standing.tierSince().get());
      return "Since %s%s.%s"
          .formatted(
              Figures.day(since, day),
              day == since ? ", today" : ", " + Figures.count(day - since, "day"),
              before(tiers, standing.previousTier()));
    }
    List<DayScore> days = seen.allDays();
    int at = day - days.get(0).day();
    if (at < 0 || at >= days.size()) {
      return "";
    }
    int first = at;
    while (first > 0 && days.get(first - 1).tier().equals(standing.tier())) {
      first--;
    }
    return first == 0
        ? "For %s or longer.".formatted(Figures.count(at + 1, "day"))
        : "Since %s, %s.%s"
            .formatted(
                Figures.day(days.get(first).day(), seen.todayIs()),
                Figures.count(at - first, "day"),
                before(tiers, days.get(first - 1).tier()));
  }

  private static String before(Tiers tiers, Optional<String> previous) {
    return previous.map(tier -> " %s before.".formatted(tiers.of(previous).name())).orElse("");
  }

  private static String ahead(Seen seen, Standing standing) {
    if (standing.forecast().isPresent()) {
      Forecast fall = standing.forecast().get();
      return "%s on %s, %s"
          .formatted(
              seen.tiers().of(Optional.of(fall.tier())).name(),
              Figures.day(fall.on(), standing.asOf()),
              after(seen, fall.on(), standing.asOf()));
    }
    if (standing.tier().isEmpty()) {
      return "There is no tier that could fall";
    }
    List<Tier> tiers = seen.today().tiers();
    if (tiers.get(tiers.size() - 1).key().equals(standing.tier().get())) {
      return "It is in its lowest tier";
    }
    return standing.override().isPresent()
        ? "The override holds it"
        : "Its tier does not fall within 180 days";
  }

  private static String after(Seen seen, int on, int day) {
    return seen.isToday() ? Figures.distance(on, day) : Figures.count(on - day, "day") + " later";
  }

  private static String beside(Seen seen, Standing standing, Forecast fall) {
    String held = standing.override().isPresent() ? "Without the override. " : "";
    return seen.beside()
        .listed()
        .flatMap(Listed::renewalOn)
        .filter(renewal -> renewal >= standing.asOf())
        .map(
            renewal -> {
              int days = renewal - fall.on();
              return days == 0
                  ? "That is the day of the renewal."
                  : "That is %s %s the renewal."
                      .formatted(
                          Figures.count(Math.abs(days), "day"), days > 0 ? "before" : "after");
            })
        .map(held::concat)
        .orElse(held.strip());
  }

  /** The sum of both gains, where points are simply added up. */
  private static String together(Seen seen, Standing standing) {
    boolean adds =
        seen.beside().sources().card(standing).filter(card -> card.logistic().isEmpty()).isPresent()
            && standing.override().isEmpty();
    if (!adds || standing.score().isEmpty() || standing.actions().isEmpty()) {
      return "";
    }
    double score = standing.score().getAsDouble();
    double to =
        Math.min(100, score + standing.actions().stream().mapToDouble(Standing.Action::gain).sum());
    String next =
        seen.today().tiers().stream()
            .filter(tier -> tier.from() > score)
            .reduce((better, nearer) -> nearer)
            .map(tier -> " %s starts at %s.".formatted(tier.name(), Figures.value(tier.from())))
            .orElse("");
    return "%s up to %s.%s"
        .formatted(standing.actions().size() > 1 ? "Together" : "That is", Figures.score(to), next);
  }

  private static List<Fact> facts(Seen seen, Standing standing) {
    int day = standing.asOf();
    String asKnown = seen.isToday() ? "" : " today";
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("7 days", trend(standing.trend7())));
    facts.add(new Fact("30 days", trend(standing.trend30())));
    facts.add(new Fact("Data for", Figures.percent(standing.coverage())));
    seen.beside()
        .listed()
        .flatMap(Listed::arr)
        .ifPresent(arr -> facts.add(new Fact("ARR" + asKnown, Figures.compact(arr))));
    seen.beside()
        .listed()
        .flatMap(Listed::renewalOn)
        .ifPresent(
            on ->
                facts.add(
                    new Fact(
                        "Renewal",
                        Figures.day(on, day)
                            + (seen.isToday() ? ", " + Figures.distance(on, day) : ""))));
    standing
        .scorecard()
        .ifPresent(
            key ->
                facts.add(
                    new Fact(
                        "Scorecard",
                        seen.beside().sources().card(standing).map(card -> card.name()).orElse(key)
                            + ", v"
                            + standing.version(),
                        "/scorecard")));
    return facts;
  }

  private static String trend(OptionalDouble points) {
    return points.isPresent() ? Figures.trend(points.getAsDouble()) : "not known";
  }
}
