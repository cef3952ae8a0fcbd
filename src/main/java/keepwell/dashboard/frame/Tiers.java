package keepwell.dashboard.frame;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import keepwell.health.Scorecards;
import keepwell.health.Tier;

/** What stands for each tier: a shape, then a word, then a colour. */
public final class Tiers {
  private static final Mark NONE = new Mark("", "No score", "none");

  private final Map<String, Mark> marks = new LinkedHashMap<>();
  private final List<List<String>> ladders = new ArrayList<>();

  /**
   * What stands for a tier.
   *
   * @param key of the tier; empty for none
   * @param shape the name of a shape and of a colour, by the rank of the tier
   */
  public record Mark(String key, String name, String shape) {}

  private Tiers() {}

  /** Those of all scorecards; where they share a key the first names it. */
  public static Tiers of(Scorecards scorecards) {
    Tiers tiers = new Tiers();
    scorecards.scorecards().forEach(scorecard -> tiers.add(scorecard.tiers()));
    return tiers;
  }

  /** Those of one scorecard, best first. */
  public static Tiers of(List<Tier> scorecard) {
    Tiers tiers = new Tiers();
    tiers.add(scorecard);
    return tiers;
  }

  private void add(List<Tier> scorecard) {
    ladders.add(scorecard.stream().map(Tier::key).toList());
    for (int rank = 0; rank < scorecard.size(); rank++) {
      Tier tier = scorecard.get(rank);
      String shape = shape(rank, scorecard.size() - 1);
      marks.putIfAbsent(tier.key(), new Mark(tier.key(), tier.name(), shape));
    }
  }

  private static String shape(int rank, int last) {
    if (rank == 0) {
      return "best";
    }
    return rank == last ? "worst" : rank == 1 ? "next" : "between";
  }

  /** One that no scorecard has any more is called by its key. */
  public Mark of(Optional<String> key) {
    return key.map(each -> marks.getOrDefault(each, new Mark(each, each, "past"))).orElse(NONE);
  }

  /**
   * By how many tiers one is better than another, in the first scorecard that has both; 0 if none
   * has: scorecards cannot be compared.
   */
  public int compare(String one, String other) {
    return ladders.stream()
        .filter(ladder -> ladder.contains(one) && ladder.contains(other))
        .findFirst()
        .map(ladder -> ladder.indexOf(other) - ladder.indexOf(one))
        .orElse(0);
  }

  /** All that there are: those of a scorecard after those of the one before it, best first. */
  public List<Mark> all() {
    return new ArrayList<>(marks.values());
  }
}
