package keepwell.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Customers of whom many leave that use the product little, in two regions. Of a third it is not
 * known how content they are, and {@code noise} says nothing.
 */
final class Customers {
  static final String SCORECARDS =
      """
      {"scorecards": [{"key": "saas", "name": "SaaS", "base": 5, "tiers": [
          {"key": "green", "from": 80}, {"key": "yellow", "from": 50}, {"key": "red", "from": 0}],
        "categories": [
          {"key": "product", "weight": 50, "metrics": [
            {"key": "use", "name": "Use", "points": 1, "curve": [[0, 0], [100, 100]],
             "measure": {"of": "latest", "signal": "use"}},
            {"key": "noise", "points": 1, "curve": [[0, 0], [100, 100]],
             "measure": {"of": "latest", "signal": "noise"}}]},
          {"key": "voice", "weight": 50, "metrics": [
            {"key": "nps", "points": 3, "curve": [[0, 0], [10, 100]],
             "measure": {"of": "latest", "signal": "nps"}}]}],
        "adjustments": [
          {"key": "tickets", "signal": "ticket", "points": -5, "cap": 20, "window": "P90D"}]}]}
      """;

  private static final List<String> REGIONS = List.of("emea", "apac", "amer");

  private final Map<String, String> regions = new LinkedHashMap<>();
  private final List<String> signals = new ArrayList<>();
  private final List<String> outcomes = new ArrayList<>();

  Customers(int count, long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < count; i++) {
      String id = "c" + i;
      regions.put(id, REGIONS.get(i % REGIONS.size()));
      int use = random.nextInt(101);
      signals.add(id + ",use," + use + ",2025-12-20");
      signals.add(id + ",noise," + (50 + random.nextInt(51)) + ",2025-12-20");
      if (random.nextInt(3) > 0) {
        signals.add(id + ",nps," + Math.min(10, use / 20 + random.nextInt(6)) + ",2026-01-05");
      }
      for (int tickets = random.nextInt(4); tickets > 0; tickets--) {
        signals.add(id + ",ticket,1,2026-01-10");
      }
      boolean stays = random.nextDouble() < 1 / (1 + Math.exp(-(use - 45) / 15.0));
      outcomes.add(id + "," + (stays ? "renewed" : "churned") + "," + Fates.KNOWN);
    }
  }

  /** Sends everything in whatever order. */
  Customers shuffled(long seed) {
    Collections.shuffle(signals, new Random(seed));
    Collections.shuffle(outcomes, new Random(seed));
    return this;
  }

  /** Puts a document in force, and sends everything. */
  Fates settle(PortfolioNode node, String scorecards) {
    Fates fates = new Fates(node);
    Histories.put(node, scorecards);
    fates.outcomes(outcomes.toArray(String[]::new));
    node.signals("", signals);
    regions.forEach((id, region) -> node.labels(id, "{\"region\": \"%s\"}".formatted(region)));
    return fates;
  }
}
