package keepwell.dashboard.portfolio;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import keepwell.dashboard.frame.Figures;
import keepwell.dashboard.frame.Tiers;
import keepwell.portfolio.Overview.Move;

/**
 * How many accounts moved from a tier to another.
 *
 * @param days within how many: 7 or 30
 * @param sentence what matters most of it
 * @param tiers the rows and the columns
 * @param net by how many accounts each tier has grown
 */
record Moves(int days, String sentence, List<Tiers.Mark> tiers, List<Row> rows, List<String> net) {

  /** Those from a tier. */
  record Row(Tiers.Mark from, List<Cell> cells) {}

  /**
   * @param accounts empty where an account stays what it is
   * @param way {@code up}, {@code down}, or empty where nothing moved
   */
  record Cell(String accounts, String way) {}

  static Moves of(List<Move> all, Tiers tiers, int days) {
    List<Move> moves = all.stream().filter(move -> count(move, days) > 0).toList();
    Set<Tiers.Mark> marks = new LinkedHashSet<>(tiers.all());
    for (Move move : moves) {
      marks.add(tiers.of(Optional.of(move.from())));
      marks.add(tiers.of(Optional.of(move.to())));
    }
    List<Tiers.Mark> ordered = List.copyOf(marks);
    long ups = 0;
    long downs = 0;
    List<Row> rows = new ArrayList<>();
    for (int from = 0; from < ordered.size(); from++) {
      List<Cell> cells = new ArrayList<>();
      for (int to = 0; to < ordered.size(); to++) {
        String row = ordered.get(from).key();
        String column = ordered.get(to).key();
        long accounts =
            sum(moves, days, move -> move.from().equals(row) && move.to().equals(column));
        String way = way(tiers.compare(column, row));
        ups += way.equals("up") ? accounts : 0;
        downs += way.equals("down") ? accounts : 0;
        String shown = from == to ? "" : Figures.count(accounts);
        cells.add(new Cell(shown, accounts == 0 ? "" : way));
      }
      rows.add(new Row(ordered.get(from), cells));
    }
    return new Moves(
        days,
        sentence(ups, downs, sum(moves, days, move -> true), days),
        ordered,
        rows,
        ordered.stream().map(tier -> net(moves, days, tier.key())).toList());
  }

  private static long count(Move move, int days) {
    return days == 7 ? move.in7Days() : move.in30Days();
  }

  private static long sum(List<Move> moves, int days, Predicate<Move> which) {
    return moves.stream().filter(which).mapToLong(move -> count(move, days)).sum();
  }

  private static String net(List<Move> moves, int days, String tier) {
    long in = sum(moves, days, move -> move.to().equals(tier));
    return Figures.grown(in - sum(moves, days, move -> move.from().equals(tier)));
  }

  /** Empty where it is neither: a tier that is no more, or another scorecard's, has no rank. */
  private static String way(int better) {
    return better == 0 ? "" : better > 0 ? "up" : "down";
  }

  private static String sentence(long ups, long downs, long all, int days) {
    if (all == 0) {
      return "No account changed tier in %d days.".formatted(days);
    }
    return ups + downs < all
        ? "%s changed tier in %d days.".formatted(Figures.count(all, "account"), days)
        : "%s rose and %s fell in %d days."
            .formatted(Figures.count(ups), Figures.count(downs), days);
  }
}
