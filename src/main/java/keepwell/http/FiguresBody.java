package keepwell.http;

import java.util.List;
import java.util.OptionalDouble;
import keepwell.health.Judged.Found;
import keepwell.truth.Auc;
import keepwell.truth.Expectation;
import keepwell.truth.ScoreBand;
import keepwell.truth.TierRate;
import keepwell.truth.Validation;
import keepwell.truth.Verdict;

/**
 * What scores had said of accounts, against what became of them, as public JSON. Shares are rounded
 * half up, to 4 decimals.
 *
 * @param n accounts with an outcome and a score
 * @param churned of these
 * @param renewed of these: all that stayed, if with less
 * @param baseRate the share that churned
 * @param scoreless accounts with an outcome that had no score, by the reason
 * @param verdict too-few, no-predictive-power, inverted or predictive
 * @param says the verdict in a sentence
 * @param red the lowest of several tiers
 * @param tiers best first
 * @param calibrationError by how many points scores differ from how many of a hundred renewed, in
 *     the mean; null without accounts
 * @param scores by tens of points
 */
public record FiguresBody(
    long n,
    long churned,
    long renewed,
    Double baseRate,
    ScorelessBody scoreless,
    AucBody auc,
    String verdict,
    String says,
    RedBody red,
    LeadTimeBody leadTime,
    List<TierBody> tiers,
    Double calibrationError,
    List<BandBody> scores) {

  public record ScorelessBody(long noScore, long noScorecard, long tooOld) {}

  /**
   * @param value null if all churned, or none
   * @param low between which and {@code high} it is in truth, in {@code level} of such samples
   */
  public record AucBody(Double value, Double low, Double high, double level, String method) {
    private static final double LEVEL = 0.95;
    private static final String METHOD = "DeLong, on the logit scale";

    static AucBody of(Auc auc) {
      return new AucBody(
          rounded(auc.value()), rounded(auc.low()), rounded(auc.high()), LEVEL, METHOD);
    }
  }

  /**
   * @param precision the share of those in red that churned; null if there is none
   * @param recall the share of those that churned that were in red; null if none churned
   * @param falsePositives accounts in red that renewed
   * @param falsePositiveRate the share of those that renewed that were in red
   */
  public record RedBody(
      long accounts,
      long churned,
      Double precision,
      Double recall,
      long falsePositives,
      Double falsePositiveRate) {}

  /**
   * @param accounts that churned, and were in red on the day scored
   * @param medianDays from the first day of that unbroken red run to the outcome
   */
  public record LeadTimeBody(long accounts, Integer medianDays) {}

  /**
   * @param renewalRate null if there is no account
   * @param low between which and {@code high} it is of all such accounts, in 95 of 100 samples
   * @param asExpected null if there is no account
   */
  public record TierBody(
      String scorecard,
      String tier,
      String name,
      long accounts,
      long renewed,
      Double renewalRate,
      Double low,
      Double high,
      Expectation expected,
      Boolean asExpected) {}

  /**
   * Scores from {@code from} up to {@code to}, or of 100.
   *
   * @param score their mean
   */
  public record BandBody(
      int from, int to, long accounts, long renewed, double score, double renewalRate) {}

  static FiguresBody of(Validation validation) {
    long stayed = validation.stayed();
    long left = validation.left();
    Verdict verdict = validation.verdict();
    List<TierRate> tiers = validation.tiers();
    List<ScoreBand> bands = validation.bands();
    return new FiguresBody(
        stayed + left,
        left,
        stayed,
        share(left, stayed + left),
        new ScorelessBody(
            validation.found(Found.NO_SCORE),
            validation.found(Found.NO_SCORECARD),
            validation.found(Found.TOO_OLD)),
        AucBody.of(validation.auc()),
        hyphened(verdict),
        verdict.sentence(stayed, left),
        red(tiers, stayed, left),
        new LeadTimeBody(
            validation.warned(),
            validation.leadDays().isPresent() ? validation.leadDays().getAsInt() : null),
        tiers.stream().map(FiguresBody::tier).toList(),
        error(bands, stayed + left),
        bands.stream().map(FiguresBody::band).toList());
  }

  static String hyphened(Enum<?> value) {
    return Json.text(value).replace('_', '-');
  }

  private static RedBody red(List<TierRate> tiers, long stayed, long left) {
    List<TierRate> worst = tiers.stream().filter(TierRate::worst).toList();
    long accounts = worst.stream().mapToLong(TierRate::accounts).sum();
    long churned = worst.stream().mapToLong(TierRate::left).sum();
    return new RedBody(
        accounts,
        churned,
        share(churned, accounts),
        share(churned, left),
        accounts - churned,
        share(accounts - churned, stayed));
  }

  private static TierBody tier(TierRate rate) {
    boolean none = rate.accounts() == 0;
    return new TierBody(
        rate.scorecard(),
        rate.tier().key(),
        rate.tier().name(),
        rate.accounts(),
        rate.stayed(),
        share(rate.stayed(), rate.accounts()),
        none ? null : rounded(rate.rate().low()),
        none ? null : rounded(rate.rate().high()),
        rate.expected(),
        none ? null : rate.expected().isMet(rate.rate().share()));
  }

  private static BandBody band(ScoreBand band) {
    return new BandBody(
        band.from(),
        band.to(),
        band.accounts(),
        band.stayed(),
        rounded(band.score()),
        rounded(band.stayedPercent() / 100));
  }

  private static Double error(List<ScoreBand> bands, long accounts) {
    return accounts == 0
        ? null
        : rounded(
            bands.stream()
                    .mapToDouble(
                        band -> band.accounts() * Math.abs(band.score() - band.stayedPercent()))
                    .sum()
                / accounts);
  }

  static Double share(long part, long whole) {
    return whole == 0 ? null : rounded((double) part / whole);
  }

  static Double rounded(OptionalDouble number) {
    return StandingBody.rounded(number);
  }

  static Double rounded(double number) {
    return rounded(OptionalDouble.of(number));
  }
}
