package keepwell.dashboard.frame;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import keepwell.portfolio.Overview.Band;

/** Bands in the order of their tiers. */
public final class Bands {
  private Bands() {}

  /**
   * Each tier there is, best first, also where it is empty; then those that accounts still have,
   * and last the accounts that have none.
   */
  public static Map<Tiers.Mark, Band> of(List<Band> bands, Tiers tiers) {
    Map<Tiers.Mark, Band> byTier = new LinkedHashMap<>();
    tiers.all().forEach(tier -> byTier.put(tier, empty(tier)));
    bands.stream()
        .filter(band -> band.tier().isPresent())
        .forEach(band -> byTier.put(tiers.of(band.tier()), band));
    bands.stream()
        .filter(band -> band.tier().isEmpty())
        .forEach(band -> byTier.put(tiers.of(band.tier()), band));
    return byTier;
  }

  public static long accounts(List<Band> bands) {
    return bands.stream().mapToLong(Band::accounts).sum();
  }

  public static double arr(List<Band> bands) {
    return bands.stream().mapToDouble(Band::arr).sum();
  }

  public static Band empty(Tiers.Mark tier) {
    return new Band(Optional.of(tier.key()).filter(key -> !key.isEmpty()), 0, 0);
  }
}
