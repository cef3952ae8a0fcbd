package keepwell.dashboard.portfolio;

import java.util.Optional;
import keepwell.dashboard.frame.Figures;
import keepwell.dashboard.frame.Selection;
import keepwell.dashboard.frame.Tiers;
import keepwell.portfolio.Listed;

/**
 * An account in the list; what is not known of it is empty.
 *
 * @param why what takes most of the score away
 * @param whyPoints how much that is
 * @param renewalDistance how far away the renewal is
 * @param curve of its scores; it comes later with a list
 */
record AccountRow(
    String id,
    String name,
    String url,
    Tiers.Mark tier,
    String score,
    String trend,
    String why,
    String whyPoints,
    String owner,
    String arr,
    String renewal,
    String renewalDistance,
    boolean closed,
    Optional<Sparkline> curve) {

  static AccountRow of(Listed listed, Tiers tiers, int today) {
    Optional<Integer> renewal = listed.renewalOn();
    return new AccountRow(
        listed.account(),
        listed.name(),
        "/accounts/" + Selection.encoded(listed.account()),
        tiers.of(listed.tier()),
        listed.score().map(Figures::score).orElse(""),
        listed.trend30().map(Figures::trend).orElse(""),
        listed.loss().map(loss -> loss.name()).orElse(""),
        listed.loss().map(loss -> "−" + Figures.score(loss.points())).orElse(""),
        listed.labels().getOrDefault("owner", ""),
        listed.arr().map(Figures::compact).orElse(""),
        renewal.map(day -> Figures.day(day, today)).orElse(""),
        renewal.map(day -> Figures.distance(day, today)).orElse(""),
        listed.closedAt().isPresent(),
        Optional.empty());
  }

  AccountRow with(Sparkline sparkline) {
    return new AccountRow(
        id,
        name,
        url,
        tier,
        score,
        trend,
        why,
        whyPoints,
        owner,
        arr,
        renewal,
        renewalDistance,
        closed,
        Optional.of(sparkline));
  }
}
