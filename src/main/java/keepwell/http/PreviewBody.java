package keepwell.http;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import keepwell.health.Previewed;
import keepwell.health.Previewed.Outcome;
import keepwell.health.Previewed.Pair;
import keepwell.health.Scorecards;
import keepwell.health.Tier;
import keepwell.health.Warning;
import keepwell.http.DraftReader.Draft;
import keepwell.http.Previews.Found;
import keepwell.portfolio.Comparison;
import keepwell.portfolio.Comparison.Move;
import keepwell.portfolio.Preview;
import keepwell.portfolio.ShareInterval;

/**
 * What drafts of scorecards would make of the accounts.
 *
 * @param version of the scorecards in force, that they are compared with
 * @param accounts in the comparisons
 * @param population all that are open; more than {@code accounts} if that is a sample
 * @param unanswered accounts that could not be asked
 * @param comparisons of each draft with what is in force; of two, of the second with the first too
 * @param warnings about signals that no account has ever sent
 */
record PreviewBody(
    LocalDate asOf,
    int version,
    long accounts,
    long population,
    long unanswered,
    List<ComparisonBody> comparisons,
    List<Warning> warnings) {

  /**
   * @param before {@code version 3}, {@code draft} or {@code drafts[0]}
   * @param migration from tier to tier, those who stay included
   * @param biggestMoves the accounts whose scores differ most
   */
  record ComparisonBody(
      String before,
      String after,
      List<TierBody> tiers,
      List<MigrationBody> migration,
      List<BandBody> scores,
      List<MoveBody> biggestMoves) {}

  /**
   * @param tier null for none
   */
  record TierBody(String tier, ShareBody before, ShareBody after) {}

  /**
   * @param share of all accounts; of a sample, it is between {@code low} and {@code high} of all of
   *     them in 95 of 100 samples
   */
  record ShareBody(long accounts, double share, double low, double high) {}

  record MigrationBody(String from, String to, long accounts) {}

  /** Scores from {@code from} up to {@code to}, or of 100. */
  record BandBody(int from, int to, long before, long after) {}

  /**
   * @param movers the metrics and adjustments that make most of the change
   */
  record MoveBody(
      String account,
      String name,
      StandsBody before,
      StandsBody after,
      Double change,
      List<Map<String, Object>> movers) {}

  record StandsBody(Double score, String tier) {}

  static PreviewBody of(Found found) {
    Preview preview = found.preview();
    Scorecards inForce = found.inForce();
    List<Scorecards> compared = new ArrayList<>(List.of(inForce));
    List<String> names = new ArrayList<>(List.of("version " + inForce.version()));
    for (Draft draft : found.drafts()) {
      compared.add(draft.scorecards());
      names.add(draft.name());
    }
    List<ComparisonBody> comparisons = new ArrayList<>();
    List<Pair> pairs = Previewed.pairs(compared.size());
    for (int i = 0; i < pairs.size(); i++) {
      Pair pair = pairs.get(i);
      comparisons.add(
          comparison(
              preview,
              preview.comparisons().get(i),
              names.get(pair.before()),
              names.get(pair.after()),
              tiers(compared.get(pair.before()), compared.get(pair.after()))));
    }
    return new PreviewBody(
        found.asOf(),
        inForce.version(),
        preview.survey().counted(),
        preview.survey().population(),
        preview.survey().unanswered(),
        comparisons,
        found.warnings());
  }

  /** Of both, best first, and none at the end. */
  private static List<Optional<String>> tiers(Scorecards before, Scorecards after) {
    Set<Optional<String>> tiers = new LinkedHashSet<>();
    for (Scorecards each : List.of(before, after)) {
      each.scorecards().stream()
          .flatMap(scorecard -> scorecard.tiers().stream())
          .map(Tier::key)
          .forEach(key -> tiers.add(Optional.of(key)));
    }
    tiers.add(Optional.empty());
    return List.copyOf(tiers);
  }

  private static ComparisonBody comparison(
      Preview preview,
      Comparison comparison,
      String before,
      String after,
      List<Optional<String>> tiers) {
    Map<Move, Long> moves = comparison.moves();
    List<TierBody> shares = new ArrayList<>();
    List<MigrationBody> migration = new ArrayList<>();
    for (Optional<String> tier : tiers) {
      long from = sum(moves, tiers, to -> new Move(tier, to));
      long to = sum(moves, tiers, other -> new Move(other, tier));
      shares.add(new TierBody(tier.orElse(null), share(from, preview), share(to, preview)));
      for (Optional<String> next : tiers) {
        long accounts = moves.getOrDefault(new Move(tier, next), 0L);
        if (accounts > 0) {
          migration.add(new MigrationBody(tier.orElse(null), next.orElse(null), accounts));
        }
      }
    }
    return new ComparisonBody(
        before,
        after,
        shares,
        migration,
        IntStream.range(0, Comparison.BANDS).mapToObj(i -> band(comparison, i)).toList(),
        comparison.most().stream().map(PreviewBody::move).toList());
  }

  private static long sum(
      Map<Move, Long> moves, List<Optional<String>> tiers, Function<Optional<String>, Move> move) {
    return tiers.stream().mapToLong(tier -> moves.getOrDefault(move.apply(tier), 0L)).sum();
  }

  private static ShareBody share(long accounts, Preview preview) {
    ShareInterval interval =
        ShareInterval.of(accounts, preview.survey().counted(), preview.survey().population());
    return new ShareBody(accounts, interval.share(), interval.low(), interval.high());
  }

  private static BandBody band(Comparison comparison, int band) {
    int width = 100 / Comparison.BANDS;
    return new BandBody(
        band * width,
        (band + 1) * width,
        comparison.scoresBefore().get(band),
        comparison.scoresAfter().get(band));
  }

  private static MoveBody move(Comparison.Moved moved) {
    return new MoveBody(
        moved.account(),
        moved.name(),
        stands(moved.before()),
        stands(moved.after()),
        StandingBody.rounded(
            OptionalDouble.of(
                moved.after().score().orElseThrow() - moved.before().score().orElseThrow())),
        moved.movers().stream().map(ExplanationBody::mover).toList());
  }

  private static StandsBody stands(Outcome outcome) {
    return new StandsBody(StandingBody.rounded(outcome.score()), outcome.tier().orElse(null));
  }
}
