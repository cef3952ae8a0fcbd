package keepwell.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import keepwell.portfolio.Overview;
import keepwell.portfolio.Overview.Band;
import keepwell.portfolio.Overview.Group;
import keepwell.portfolio.Overview.Move;
import keepwell.portfolio.Overview.Renewal;

/**
 * The sums over accounts as public JSON.
 *
 * @param groups by the values of a label; null if that was not asked for
 */
record PortfolioBody(
    LocalDate asOf,
    @JsonUnwrapped SumsBody all,
    @JsonInclude(JsonInclude.Include.NON_NULL) List<GroupBody> groups,
    @JsonInclude(JsonInclude.Include.NON_NULL) Integer groupsTotal) {

  /** Over some accounts; best tier first, and those without one last. */
  record SumsBody(
      long accounts,
      double arr,
      List<TierBody> tiers,
      Map<String, List<MoveBody>> moves,
      List<DayBody> days,
      Map<String, List<TierBody>> renewals) {}

  record GroupBody(String value, @JsonUnwrapped SumsBody sums) {}

  /**
   * @param tier null for none
   * @param share of the accounts, 0 to 1
   * @param arrShare of what they are worth, 0 to 1
   */
  record TierBody(String tier, long accounts, double arr, double share, double arrShare) {}

  record MoveBody(String from, String to, long accounts) {}

  record DayBody(LocalDate day, List<TierBody> tiers) {}

  /**
   * @param tiers of the scorecards in force, best first
   */
  static PortfolioBody of(Overview overview, Optional<String> by, List<String> tiers) {
    return new PortfolioBody(
        LocalDate.ofEpochDay(overview.asOf()),
        sums(overview.all(), tiers),
        by.isPresent()
            ? overview.groups().stream()
                .map(group -> new GroupBody(group.value(), sums(group, tiers)))
                .toList()
            : null,
        by.isPresent() ? overview.groupCount() : null);
  }

  private static SumsBody sums(Group group, List<String> tiers) {
    return new SumsBody(
        group.bands().stream().mapToLong(Band::accounts).sum(),
        group.bands().stream().mapToDouble(Band::arr).sum(),
        bands(group.bands(), tiers),
        moves(group.moves()),
        group.days().stream()
            .map(day -> new DayBody(LocalDate.ofEpochDay(day.day()), bands(day.bands(), tiers)))
            .toList(),
        renewals(group.renewals(), tiers));
  }

  /** Each tier of the scorecards, also where it is empty, and others that accounts still have. */
  private static List<TierBody> bands(List<Band> bands, List<String> tiers) {
    Map<String, Band> byTier = new LinkedHashMap<>();
    tiers.forEach(tier -> byTier.put(tier, new Band(Optional.of(tier), 0, 0)));
    bands.stream()
        .filter(band -> band.tier().isPresent())
        .forEach(band -> byTier.put(band.tier().get(), band));
    List<Band> all = new ArrayList<>(byTier.values());
    bands.stream().filter(band -> band.tier().isEmpty()).forEach(all::add);
    long accounts = all.stream().mapToLong(Band::accounts).sum();
    double arr = all.stream().mapToDouble(Band::arr).sum();
    return all.stream()
        .map(
            band ->
                new TierBody(
                    band.tier().orElse(null),
                    band.accounts(),
                    band.arr(),
                    share((double) band.accounts(), (double) accounts),
                    share(band.arr(), arr)))
        .toList();
  }

  private static double share(double part, double whole) {
    return whole == 0 ? 0 : Math.round(part / whole * 1e4) / 1e4;
  }

  private static Map<String, List<MoveBody>> moves(List<Move> moves) {
    Map<String, List<MoveBody>> within = new LinkedHashMap<>();
    within.put(
        "7d",
        moves.stream()
            .filter(move -> move.in7Days() > 0)
            .map(move -> new MoveBody(move.from(), move.to(), move.in7Days()))
            .toList());
    within.put(
        "30d",
        moves.stream().map(move -> new MoveBody(move.from(), move.to(), move.in30Days())).toList());
    return within;
  }

  private static Map<String, List<TierBody>> renewals(List<Renewal> renewals, List<String> tiers) {
    Map<String, List<TierBody>> within = new LinkedHashMap<>();
    for (int days : Overview.RENEWALS_WITHIN_DAYS) {
      List<Band> bands =
          renewals.stream()
              .filter(renewal -> renewal.withinDays() == days)
              .map(Renewal::band)
              .toList();
      within.put(days + "d", bands(bands, tiers));
    }
    return within;
  }
}
