package keepwell.dashboard.scorecard;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import keepwell.dashboard.frame.Figures;
import keepwell.dashboard.frame.Tiers;
import keepwell.health.Scorecard;
import keepwell.health.Scorecards;
import keepwell.health.Tier;
import keepwell.portfolio.Comparison.Move;

/**
 * How many accounts a draft moves from which tier to which.
 *
 * @param marks the tiers, best first, and none
 * @param bars the shares today, and by the draft
 * @param rows from each tier
 * @param totals by the draft, and of all
 * @param aside between tiers of which neither is the better
 */
record Migration(
    Map<Optional<String>, Tiers.Mark> marks,
    List<Bar> bars,
    List<Row> rows,
    List<String> totals,
    long up,
    long down,
    long first,
    long lost,
    long aside) {

  record Bar(String name, String words, List<Part> parts) {}

  /** In percent of a bar. */
  record Part(Tiers.Mark tier, double from, double width) {}

  record Row(Tiers.Mark tier, List<Cell> cells, String total) {}

  /**
   * @param way {@code same}, {@code up}, {@code down} or {@code other}; {@code zero} if there is
   *     nobody
   */
  record Cell(String accounts, String way, Tiers.Mark to) {}

  static Migration of(Map<Move, Long> moves, Scorecards before, Scorecards after) {
    Map<Optional<String>, Tiers.Mark> marks = marks(before, after);
    Map<String, Integer> places = places(before, after);
    Map<String, Long> ways = new HashMap<>();
    Map<Optional<String>, Long> from = new HashMap<>();
    Map<Optional<String>, Long> to = new HashMap<>();
    moves.forEach(
        (move, accounts) -> {
          ways.merge(way(move, places), accounts, Long::sum);
          from.merge(move.from(), accounts, Long::sum);
          to.merge(move.to(), accounts, Long::sum);
        });
    List<Row> rows = new ArrayList<>();
    marks.forEach(
        (tier, mark) ->
            rows.add(
                new Row(
                    mark,
                    marks.keySet().stream()
                        .map(other -> cell(new Move(tier, other), moves, marks, places))
                        .toList(),
                    Figures.count(from.getOrDefault(tier, 0L)))));
    long all = moves.values().stream().mapToLong(Long::longValue).sum();
    List<String> totals = new ArrayList<>();
    marks.keySet().forEach(tier -> totals.add(Figures.count(to.getOrDefault(tier, 0L))));
    totals.add(Figures.count(all));
    return new Migration(
        marks,
        List.of(bar("Today", from, marks, all), bar("Draft", to, marks, all)),
        rows,
        totals,
        ways.getOrDefault("up", 0L),
        ways.getOrDefault("down", 0L),
        ways.getOrDefault("first", 0L),
        ways.getOrDefault("lost", 0L),
        ways.getOrDefault("aside", 0L));
  }

  private static Map<Optional<String>, Tiers.Mark> marks(Scorecards before, Scorecards after) {
    List<Scorecard> both = new ArrayList<>(after.scorecards());
    both.addAll(before.scorecards());
    Tiers tiers = Tiers.of(new Scorecards(0, before.activatedAt(), both));
    Map<Optional<String>, Tiers.Mark> marks = new LinkedHashMap<>();
    tiers.all().forEach(mark -> marks.put(Optional.of(mark.key()), mark));
    marks.put(Optional.empty(), tiers.of(Optional.empty()));
    return marks;
  }

  /** Of each tier, in percent of its scorecard: 0 for the best, 100 for the worst. */
  private static Map<String, Integer> places(Scorecards before, Scorecards after) {
    Map<String, Integer> places = new HashMap<>();
    for (Scorecards each : List.of(after, before)) {
      for (Scorecard card : each.scorecards()) {
        List<Tier> tiers = card.tiers();
        for (int i = 0; i < tiers.size(); i++) {
          places.putIfAbsent(tiers.get(i).key(), 100 * i / Math.max(1, tiers.size() - 1));
        }
      }
    }
    return places;
  }

  private static String way(Move move, Map<String, Integer> places) {
    if (move.from().equals(move.to())) {
      return "same";
    }
    if (move.from().isEmpty() || move.to().isEmpty()) {
      return move.from().isEmpty() ? "first" : "lost";
    }
    int by = places.get(move.to().get()) - places.get(move.from().get());
    return by > 0 ? "down" : by < 0 ? "up" : "aside";
  }

  private static Cell cell(
      Move move,
      Map<Move, Long> moves,
      Map<Optional<String>, Tiers.Mark> marks,
      Map<String, Integer> places) {
    long accounts = moves.getOrDefault(move, 0L);
    String way = way(move, places);
    boolean moved = way.equals("up") || way.equals("down") || way.equals("same");
    return new Cell(
        Figures.count(accounts),
        accounts == 0 ? "zero" : moved ? way : "other",
        marks.get(move.to()));
  }

  private static Bar bar(
      String name,
      Map<Optional<String>, Long> counts,
      Map<Optional<String>, Tiers.Mark> marks,
      long all) {
    List<Part> parts = new ArrayList<>();
    List<String> said = new ArrayList<>();
    double before = 0;
    for (Map.Entry<Optional<String>, Tiers.Mark> each : marks.entrySet()) {
      double share = all == 0 ? 0 : (double) counts.getOrDefault(each.getKey(), 0L) / all;
      parts.add(new Part(each.getValue(), 100 * before, 100 * share));
      said.add(each.getValue().name() + " " + Figures.percent(share));
      before += share;
    }
    return new Bar(name, name + ": " + String.join(", ", said), parts);
  }

  Tiers.Mark mark(Optional<String> tier) {
    return marks.get(tier);
  }

  long changing() {
    return up + down + first + lost + aside;
  }
}
