package keepwell.truth;

/**
 * How well a metric alone tells who stays, by its score.
 *
 * @param scorecard its scorecard's key
 * @param metric its key
 * @param name for people
 */
public record MetricPower(
    String scorecard, String metric, String name, long stayed, long left, Auc auc) {

  public Verdict verdict() {
    return Verdict.of(auc, stayed, left);
  }
}
