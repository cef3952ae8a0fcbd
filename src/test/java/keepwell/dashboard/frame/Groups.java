package keepwell.dashboard.frame;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import keepwell.health.Tier;
import keepwell.portfolio.Overview.Band;
import keepwell.portfolio.Overview.Day;
import keepwell.portfolio.Overview.Group;
import keepwell.portfolio.Overview.Move;
import keepwell.portfolio.Overview.Renewal;

/** Some accounts, to be shown. */
final class Groups {
  static final Tiers TIERS =
      Tiers.of(
          List.of(
              new Tier("green", "Healthy", 80),
              new Tier("yellow", "At risk", 50),
              new Tier("red", "Critical", 0)));

  private Groups() {}

  static Band band(String tier, long accounts, double arr) {
    return new Band(Optional.of(tier).filter(key -> !key.isEmpty()), accounts, arr);
  }

  static Group of(List<Band> bands, List<Move> moves) {
    return new Group("", bands, moves, List.of(), List.of());
  }

  static Group of(List<Renewal> renewals) {
    return new Group("", List.of(), List.of(), List.of(), renewals);
  }

  /** Healthy and critical accounts, day by day, the first on day 20,000. */
  static Group days(long[]... greenAndRed) {
    List<Day> days = new ArrayList<>();
    for (long[] accounts : greenAndRed) {
      days.add(
          new Day(
              20_000 + days.size(),
              List.of(band("green", accounts[0], 0), band("red", accounts[1], 0))));
    }
    return new Group("", List.of(), List.of(), days, List.of());
  }
}
