package keepwell.truth;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import keepwell.health.Metric;
import keepwell.health.Scorecard;

/**
 * What a scorecard would be by what became of accounts.
 *
 * @param stayed of the accounts that it was fitted to
 * @param left of the accounts that it was fitted to
 * @param weights empty if there is nothing to go by
 */
public record ScorecardFit(
    Scorecard scorecard, long stayed, long left, Result result, Optional<Weights> weights) {
  private static final double UNKNOWN = 50;
  private static final double FULL = 100;

  /** How a fit ended. */
  public enum Result {
    FITTED("Fitted."),
    FITTED_TO_FEW(
        "Fitted, but to few: fewer than ten accounts left for each metric, so that the weights"
            + " would be others with other accounts."),
    TOO_FEW("Too few outcomes to fit to: 20 that stayed and 20 that left are needed."),
    NOTHING_TELLS("No metric tells who stays, so there is nothing to weigh.");

    private final String sentence;

    Result(String sentence) {
      this.sentence = sentence;
    }

    /** For people. */
    public String sentence() {
      return sentence;
    }
  }

  /**
   * The logit of the chance that an account stays: intercept + Σ metric · its score + Σ adjustment
   * · its points.
   *
   * @param metrics for a point of each metric's score; 0 or more
   * @param missing the score of each metric without data, 0 to 100
   * @param adjustments for a point of each adjustment; 0 or more
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Weights(double intercept, double[] metrics, double[] missing, double[] adjustments) {
    double ofMetrics() {
      return Arrays.stream(metrics).sum();
    }

    boolean tell() {
      return metrics.length > 0 ? ofMetrics() > 0 : Arrays.stream(adjustments).sum() > 0;
    }
  }

  /** What each metric weighs of the whole by the fit, as shares of 1; empty if there is none. */
  public Optional<double[]> sharesAfter() {
    return weights.map(
        fit -> Arrays.stream(fit.metrics).map(weight -> weight / fit.ofMetrics()).toArray());
  }

  /** Fits a scorecard to accounts that it scored. */
  static ScorecardFit of(Scorecard scorecard, List<Observation> accounts) {
    long stayed = accounts.stream().filter(Observation::stayed).count();
    long left = accounts.size() - stayed;
    if (Math.min(stayed, left) < Verdict.EACH_MIN) {
      return new ScorecardFit(scorecard, stayed, left, Result.TOO_FEW, Optional.empty());
    }
    Weights weights = weights(scorecard.metrics(), accounts);
    if (!weights.tell()) {
      return new ScorecardFit(scorecard, stayed, left, Result.NOTHING_TELLS, Optional.empty());
    }
    boolean few = Math.min(stayed, left) < 10L * scorecard.metrics().size();
    return new ScorecardFit(
        scorecard, stayed, left, few ? Result.FITTED_TO_FEW : Result.FITTED, Optional.of(weights));
  }

  /**
   * Fits twice: first to learn, beside the weights, what it says of an account that a metric has no
   * data; then with the score that says the same in the place of what is missing.
   */
  private static Weights weights(List<Metric> metrics, List<Observation> accounts) {
    double[] missing =
        IntStream.range(0, metrics.size())
            .mapToDouble(i -> metrics.get(i).missing().orElseGet(() -> mean(i, accounts)))
            .toArray();
    int[] lacking =
        IntStream.range(0, missing.length).filter(i -> isOftenMissing(i, accounts)).toArray();
    Weights first = fit(accounts, missing, lacking);
    return lacking.length == 0 ? first : fit(accounts, first.missing, new int[0]);
  }

  /** Of those that have data. */
  private static double mean(int metric, List<Observation> accounts) {
    return accounts.stream()
        .mapToDouble(account -> account.metrics()[metric])
        .filter(score -> !Double.isNaN(score))
        .average()
        .orElse(UNKNOWN);
  }

  private static boolean isOftenMissing(int metric, List<Observation> accounts) {
    long missing =
        accounts.stream().filter(account -> Double.isNaN(account.metrics()[metric])).count();
    return Math.min(missing, accounts.size() - missing) >= Verdict.EACH_MIN;
  }

  /**
   * @param missing what stands for the scores that are missing
   * @param lacking the metrics of which it is learnt what it says that they are
   */
  private static Weights fit(List<Observation> accounts, double[] missing, int[] lacking) {
    int metrics = missing.length;
    int bounded = metrics + accounts.get(0).adjustments().length;
    double[][] rows = new double[accounts.size()][bounded + lacking.length];
    boolean[] stayed = new boolean[rows.length];
    for (int i = 0; i < rows.length; i++) {
      Observation account = accounts.get(i);
      stayed[i] = account.stayed();
      for (int j = 0; j < metrics; j++) {
        double score = account.metrics()[j];
        rows[i][j] = Double.isNaN(score) ? missing[j] : score;
      }
      System.arraycopy(account.adjustments(), 0, rows[i], metrics, bounded - metrics);
      for (int j = 0; j < lacking.length; j++) {
        rows[i][bounded + j] = Double.isNaN(account.metrics()[lacking[j]]) ? 1 : 0;
      }
    }
    LogisticRegression regression = LogisticRegression.fit(rows, stayed, bounded);
    double[] weights = regression.weights();
    double[] learnt = missing.clone();
    for (int j = 0; j < lacking.length; j++) {
      double weight = weights[lacking[j]];
      if (weight > 0) {
        double score = missing[lacking[j]] + weights[bounded + j] / weight;
        learnt[lacking[j]] = Math.max(0, Math.min(FULL, score));
      }
    }
    return new Weights(
        regression.intercept(),
        Arrays.copyOf(weights, metrics),
        learnt,
        Arrays.copyOfRange(weights, metrics, bounded));
  }
}
