package keepwell.dashboard.frame;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import keepwell.portfolio.Overview.Band;
import keepwell.portfolio.Overview.Group;
import keepwell.portfolio.Overview.Move;

/**
 * The tiers of some accounts, as parts of a whole.
 *
 * @param words what the bar shows, for those who do not see it
 * @param worth whether it is known of any what it is worth
 */
public record Shares(String words, boolean worth, List<Share> shares) {

  /**
   * A tier's share.
   *
   * @param net by how many accounts it has grown by moves between tiers; empty for what has none
   * @param moves how many came in and went out
   * @param from where it begins in a bar of them all, in percent
   * @param width in that bar, in percent
   */
  public record Share(
      Tiers.Mark tier,
      String accounts,
      String percent,
      String arr,
      String net,
      String moves,
      double from,
      double width) {}

  /**
   * @param days over how many moves are counted: 7 or 30
   */
  public static Shares of(Group group, Tiers tiers, int days) {
    long all = Bands.accounts(group.bands());
    List<Share> shares = new ArrayList<>();
    long before = 0;
    for (Map.Entry<Tiers.Mark, Band> each : Bands.of(group.bands(), tiers).entrySet()) {
      Tiers.Mark tier = each.getKey();
      Band band = each.getValue();
      long in = moved(group.moves(), days, move -> move.to().equals(tier.key()));
      long out = moved(group.moves(), days, move -> move.from().equals(tier.key()));
      double share = all == 0 ? 0 : (double) band.accounts() / all;
      shares.add(
          new Share(
              tier,
              Figures.count(band.accounts()),
              Figures.percent(share),
              Figures.compact(band.arr()),
              tier.key().isEmpty() ? "" : Figures.grown(in - out),
              in + out == 0
                  ? "no moves in %d days".formatted(days)
                  : "in %d days: %s in, %s out"
                      .formatted(days, Figures.count(in), Figures.count(out)),
              all == 0 ? 0 : 100.0 * before / all,
              100 * share));
      before += band.accounts();
    }
    String words =
        shares.stream()
            .map(share -> share.tier().name() + " " + share.percent())
            .collect(Collectors.joining(", "));
    return new Shares(words, Bands.arr(group.bands()) != 0, shares);
  }

  private static long moved(List<Move> moves, int days, Predicate<Move> which) {
    return moves.stream()
        .filter(which)
        .mapToLong(move -> days == 7 ? move.in7Days() : move.in30Days())
        .sum();
  }
}
