package keepwell.dashboard.scorecard;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import keepwell.dashboard.frame.Tiers;
import keepwell.health.Tier;

/**
 * The tiers of a scorecard from 0 to 100.
 *
 * @param words what the drawing shows
 * @param rungs best first
 * @param gone the names of tiers that it had
 */
record Ladder(String words, List<Rung> rungs, List<String> gone) {

  /**
   * @param path in the document
   * @param width in percent, as {@code from} is
   * @param span the scores that are in it
   * @param was where it began before; empty if that is the same
   */
  record Rung(
      String path,
      Tier tier,
      Tiers.Mark mark,
      double width,
      String span,
      String was,
      boolean added) {}

  static Ladder of(String card, List<Tier> tiers, Optional<List<Tier>> before) {
    Tiers marks = Tiers.of(tiers);
    List<Rung> rungs = new ArrayList<>();
    List<String> said = new ArrayList<>();
    double to = 100;
    for (int i = 0; i < tiers.size(); i++) {
      Tier tier = tiers.get(i);
      Optional<Tier> was =
          before.flatMap(
              all -> all.stream().filter(each -> each.key().equals(tier.key())).findFirst());
      String from = Numbers.shown(tier.from());
      rungs.add(
          new Rung(
              card + ".tiers[" + i + "]",
              tier,
              marks.of(Optional.of(tier.key())),
              to - tier.from(),
              i == 0 ? from + " to 100" : from + " to below " + Numbers.shown(to),
              was.filter(each -> each.from() != tier.from())
                  .map(each -> Numbers.shown(each.from()))
                  .orElse(""),
              before.isPresent() && was.isEmpty()));
      said.add(tier.name() + " from " + from);
      to = tier.from();
    }
    return new Ladder(
        String.join(", ", said),
        rungs,
        before
            .map(
                all ->
                    all.stream()
                        .filter(
                            each -> tiers.stream().noneMatch(tier -> tier.key().equals(each.key())))
                        .map(Tier::name)
                        .toList())
            .orElse(List.of()));
  }
}
