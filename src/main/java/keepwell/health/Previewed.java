package keepwell.health;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * An account as it would stand today by several scorecards, by their plain bands.
 *
 * @param account its id
 * @param name for people
 * @param outcomes one for each of them, in their order; none if the account does not count: if it
 *     is closed, or never was
 * @param movers for each pair of them, in the order of {@link #pairs}, what makes the difference;
 *     none where that was not asked for
 */
public record Previewed(
    String account, String name, List<Outcome> outcomes, List<List<Mover>> movers)
    implements Answer {
  private static final Previewed NONE = new Previewed("", "", List.of(), List.of());

  /**
   * @param score the effective one; empty for none
   * @param tier empty for none
   */
  public record Outcome(OptionalDouble score, Optional<String> tier) {}

  /** Two scorecards that are compared, by their places. */
  public record Pair(int before, int after) {}

  /** Every two of several. */
  public static List<Pair> pairs(int count) {
    List<Pair> pairs = new ArrayList<>();
    for (int before = 0; before < count; before++) {
      for (int after = before + 1; after < count; after++) {
        pairs.add(new Pair(before, after));
      }
    }
    return pairs;
  }

  /**
   * Scores an account, and changes nothing.
   *
   * @param leasts for each pair the difference of scores from which on it is to be explained
   */
  static Previewed of(Account account, int today, List<Scorecards> by, List<Double> leasts) {
    if (!account.exists() || account.listing.closed()) {
      return NONE;
    }
    List<Optional<Evaluation>> evaluations =
        by.stream()
            .map(each -> each.of(account.labels))
            .map(each -> each.map(card -> Evaluation.of(card, account.facts, today)))
            .toList();
    List<Outcome> outcomes =
        evaluations.stream().map(evaluation -> outcome(account, evaluation)).toList();
    List<Pair> pairs = pairs(by.size());
    List<List<Mover>> movers = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      Pair pair = pairs.get(i);
      movers.add(
          difference(outcomes, pair) >= leasts.get(i)
              ? Mover.between(
                  evaluations.get(pair.before).orElseThrow(),
                  evaluations.get(pair.after).orElseThrow(),
                  account.facts)
              : List.of());
    }
    return new Previewed(
        account.id, account.labels.getOrDefault("name", account.id), outcomes, movers);
  }

  private static Outcome outcome(Account account, Optional<Evaluation> evaluation) {
    double score =
        evaluation.map(each -> account.overrides.held(each.score(), each.day)).orElse(Double.NaN);
    return new Outcome(
        Evaluation.number(score), evaluation.map(each -> each.scorecard.band(score)));
  }

  /** By how much two scores differ; NaN if there is none on one side. */
  private static double difference(List<Outcome> outcomes, Pair pair) {
    return Math.abs(
        outcomes.get(pair.after).score().orElse(Double.NaN)
            - outcomes.get(pair.before).score().orElse(Double.NaN));
  }
}
