package keepwell.report;

import java.util.List;
import keepwell.truth.Auc;
import keepwell.truth.TierRate;
import keepwell.truth.Validating;
import keepwell.truth.Validation;

/**
 * What the scores in force say of the accounts that had an outcome in a quarter, against what
 * became of them.
 *
 * @param accounts that had an outcome in it
 * @param unanswered accounts that could not be asked, and are not among them
 * @param stayed of those that had a score before
 * @param left of those that had a score before
 * @param says the verdict in a sentence
 * @param tiers best first, scorecard by scorecard
 */
record QuarterlyReport(
    Quarter quarter,
    long accounts,
    long unanswered,
    long stayed,
    long left,
    String says,
    Auc auc,
    List<TierRate> tiers) {

  static QuarterlyReport of(Quarter quarter, Validating validated) {
    Validation found = validated.validation();
    return new QuarterlyReport(
        quarter,
        validated.survey().counted(),
        validated.survey().unanswered(),
        found.stayed(),
        found.left(),
        found.verdict().sentence(found.stayed(), found.left()),
        found.auc(),
        found.tiers());
  }
}
