package keepwell.dashboard.scorecard;

import keepwell.health.Adjustment;
import keepwell.health.Category;
import keepwell.health.Metric;
import keepwell.health.Tier;

/**
 * The places in a scorecard, by keys.
 *
 * @param card its key
 * @param before what the names of its parts begin with, where there are several scorecards
 */
record Scope(String card, String before) {
  String name(String of) {
    return before + of;
  }

  String tier(Tier tier) {
    return card + "/tier/" + tier.key();
  }

  String category(Category category) {
    return card + "/category/" + category.key();
  }

  String metric(Metric metric) {
    return card + "/metric/" + metric.key();
  }

  String adjustment(Adjustment adjustment) {
    return card + "/adjustment/" + adjustment.key();
  }
}
