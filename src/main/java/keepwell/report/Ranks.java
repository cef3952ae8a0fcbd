package keepwell.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import keepwell.health.Scorecard;
import keepwell.health.Scorecards;
import keepwell.report.WeeklyReport.Tier;

/** The tiers of all scorecards; where they share a key the first says what it is. */
final class Ranks {
  private final Map<String, Tier> tiers = new LinkedHashMap<>();
  private final Set<String> best = new LinkedHashSet<>();

  Ranks(Scorecards scorecards) {
    for (Scorecard scorecard : scorecards.scorecards()) {
      List<keepwell.health.Tier> all = scorecard.tiers();
      best.add(all.get(0).key());
      for (int rank = 0; rank < all.size(); rank++) {
        keepwell.health.Tier tier = all.get(rank);
        tiers.putIfAbsent(
            tier.key(), new Tier(tier.key(), tier.name(), place(rank, all.size() - 1)));
      }
    }
  }

  private static String place(int rank, int last) {
    if (rank == 0) {
      return "best";
    }
    return rank == last ? "worst" : rank == 1 ? "next" : "between";
  }

  /** Null for none. */
  Tier of(Optional<String> key) {
    return key.map(each -> tiers.getOrDefault(each, new Tier(each, each, "past"))).orElse(null);
  }

  /** Those of the scorecards, those of the first before others, each best first. */
  List<Tier> all() {
    return List.copyOf(tiers.values());
  }

  /** All that are the best of no scorecard, worst first. */
  List<Tier> belowBest() {
    List<Tier> below = new ArrayList<>();
    tiers.values().stream()
        .filter(tier -> !best.contains(tier.key()))
        .forEach(tier -> below.add(0, tier));
    return below;
  }
}
