package keepwell.dashboard.today;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import keepwell.dashboard.frame.Figures;
import keepwell.dashboard.frame.Selection;
import keepwell.dashboard.frame.Tiers;
import keepwell.portfolio.Highlights.Some;
import keepwell.portfolio.Listed;

/**
 * The accounts that came into a tier in the last days.
 *
 * @param sum how many they are, and what they are worth
 * @param more how many of them are not shown; empty for none
 * @param list the URL of all that are in the tier
 */
record Newly(Tiers.Mark tier, String sum, List<Move> moves, String more, String list) {

  /**
   * One of them.
   *
   * @param about its owner, and what it is worth
   */
  record Move(
      String id,
      String name,
      String url,
      Tiers.Mark from,
      Tiers.Mark to,
      String since,
      String score,
      String why,
      String whyPoints,
      String about) {}

  /**
   * @param owner whose accounts they are; empty: everybody's
   */
  static Newly of(Tiers.Mark tier, Some some, Optional<String> owner, Tiers tiers, Due due) {
    long more = some.count() - some.first().size();
    return new Newly(
        tier,
        Figures.count(some.count(), "account")
            + (some.arr() == 0 ? "" : ", " + Figures.compact(some.arr()) + " ARR"),
        some.first().stream().map(listed -> move(tier, listed, tiers, due)).toList(),
        more == 0 ? "" : Figures.count(more) + " more",
        Selection.none()
            .and("tier", tier.key())
            .and("owner", owner.orElse(""))
            .with("sort", "-arr"));
  }

  private static Move move(Tiers.Mark tier, Listed listed, Tiers tiers, Due due) {
    return new Move(
        listed.account(),
        listed.name(),
        "/accounts/" + Selection.encoded(listed.account()),
        tiers.of(listed.previousTier()),
        tier,
        listed.tierSince().map(due::since).orElse(""),
        listed.score().map(Figures::score).orElse(""),
        listed.loss().map(loss -> loss.name()).orElse(""),
        listed.loss().map(loss -> "−" + Figures.score(loss.points())).orElse(""),
        Stream.of(
                Optional.ofNullable(listed.labels().get("owner")),
                listed.arr().map(arr -> Figures.compact(arr) + " ARR"))
            .flatMap(Optional::stream)
            .collect(Collectors.joining(", ")));
  }
}
