package keepwell.dashboard.executive;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import keepwell.dashboard.frame.Bands;
import keepwell.dashboard.frame.Figures;
import keepwell.dashboard.frame.Selection;
import keepwell.dashboard.frame.Tiers;
import keepwell.portfolio.Overview.Band;
import keepwell.portfolio.Overview.Group;

/**
 * The accounts of a segment.
 *
 * @param url of their list
 * @param words what the bar shows, for those who do not see it
 * @param risk what those are worth that have a tier but not the best; how many they are, where
 *     nothing is known of worth
 * @param atRisk the same for people
 * @param share of all that
 */
record Segment(
    String name,
    String url,
    String accounts,
    String words,
    List<Part> parts,
    double risk,
    String atRisk,
    String share) {

  /** Says how much is at risk. */
  String says(String best, boolean worth) {
    return worth
        ? "%s of the ARR of %s is not %s, the most of these.".formatted(atRisk, name, best)
        : "%s of %s %s not %s, the most of these."
            .formatted(
                Figures.count(Math.round(risk), "account"), name, risk == 1 ? "is" : "are", best);
  }

  /** A tier's part of a bar, in percent. */
  record Part(Tiers.Mark tier, double from, double width) {}

  /**
   * @param worth whether it is told by what accounts are worth
   */
  static Segment of(Group group, Tiers tiers, boolean worth) {
    long all = Bands.accounts(group.bands());
    Map<Tiers.Mark, Band> bands = Bands.of(group.bands(), tiers);
    List<Part> parts = new ArrayList<>();
    double from = 0;
    for (Map.Entry<Tiers.Mark, Band> each : bands.entrySet()) {
      double width = all == 0 ? 0 : 100.0 * each.getValue().accounts() / all;
      parts.add(new Part(each.getKey(), from, width));
      from += width;
    }
    List<Band> notBest =
        bands.entrySet().stream()
            .filter(each -> !each.getKey().shape().equals("best"))
            .filter(each -> !each.getKey().shape().equals("none"))
            .map(Map.Entry::getValue)
            .toList();
    double risk = worth ? Bands.arr(notBest) : Bands.accounts(notBest);
    double whole = worth ? Bands.arr(group.bands()) : all;
    return new Segment(
        group.value(),
        Selection.none().with("segment", group.value()),
        Figures.count(all),
        parts.stream()
            .map(part -> part.tier().name() + " " + Figures.percent(part.width() / 100))
            .collect(Collectors.joining(", ")),
        parts,
        risk,
        worth ? Figures.compact(risk) : Figures.count(Math.round(risk)),
        whole == 0 ? "–" : Figures.percent(risk / whole));
  }
}
