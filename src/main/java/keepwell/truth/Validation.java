package keepwell.truth;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import keepwell.health.Judged;
import keepwell.health.Judged.Found;
import keepwell.health.Metric;
import keepwell.health.Scorecard;
import keepwell.health.Scorecards;

/**
 * What scores had said of accounts, against what became of them. Accounts are added one by one, and
 * only sums of them are kept.
 */
public final class Validation {
  private final Map<Found, Long> found = new EnumMap<>(Found.class);
  private final Ranks ranks = Ranks.ofScore();
  private final TierTable tiers;
  private final Map<String, List<Single>> singles = new TreeMap<>();
  private final ScoreBands bands = new ScoreBands();
  private final LeadTimes leads = new LeadTimes();
  private final MostWrong falseAlarms = MostWrong.lowest();
  private final MostWrong missed = MostWrong.highest();

  private record Single(Metric metric, Ranks ranks) {

    /**
     * @param score NaN without data
     */
    void add(double score, boolean stayed) {
      double counted = Double.isNaN(score) ? metric.missing().orElse(Double.NaN) : score;
      if (!Double.isNaN(counted)) {
        ranks.add(counted, stayed);
      }
    }
  }

  /** Of the score only, not of each metric. */
  static Validation of(Scorecards scorecards) {
    return new Validation(scorecards);
  }

  /** Also of each metric alone. */
  static Validation withMetrics(Scorecards scorecards) {
    Validation validation = new Validation(scorecards);
    for (Scorecard scorecard : scorecards.scorecards()) {
      validation.singles.put(
          scorecard.key(),
          scorecard.metrics().stream()
              .map(metric -> new Single(metric, Ranks.ofMetric()))
              .toList());
    }
    return validation;
  }

  private Validation(Scorecards scorecards) {
    this.tiers = new TierTable(scorecards);
  }

  /**
   * Adds an account.
   *
   * @param day that was scored, counted from 1970-01-01
   */
  void add(Judged account, Judged.Score score, int day) {
    found.merge(score.found(), 1L, Long::sum);
    if (score.found() != Found.SCORED) {
      return;
    }
    boolean stayed = account.stayed();
    boolean alarmed = score.worstSince() <= day;
    ranks.add(score.score(), stayed);
    tiers.add(score, stayed);
    bands.add(score.score(), stayed);
    if (alarmed && stayed) {
      falseAlarms.add(account.account(), score.score());
    } else if (alarmed) {
      leads.add(account.outcomeOn() - score.worstSince());
    } else if (!stayed) {
      missed.add(account.account(), score.score());
    }
    List<Single> ofMetrics = singles.getOrDefault(score.scorecard(), List.of());
    for (int i = 0; i < ofMetrics.size(); i++) {
      ofMetrics.get(i).add(score.metrics()[i], stayed);
    }
  }

  /** How many accounts with an outcome had a score, or none for a reason. */
  public long found(Found what) {
    return found.getOrDefault(what, 0L);
  }

  /** Of those with a score. */
  public long stayed() {
    return ranks.stayed();
  }

  /** Of those with a score. */
  public long left() {
    return ranks.left();
  }

  public Auc auc() {
    return ranks.auc();
  }

  public Verdict verdict() {
    return ranks.verdict();
  }

  public List<TierRate> tiers() {
    return tiers.rates();
  }

  /** By tens of points, lowest first. */
  public List<ScoreBand> bands() {
    return bands.figures();
  }

  /** Of accounts that left, how many were in the lowest tier. */
  public long warned() {
    return leads.accounts();
  }

  /** How many days before those left they had come into it, never to leave it; the median. */
  public OptionalInt leadDays() {
    return leads.median();
  }

  /** Accounts that stayed though they were in the lowest tier, those with the lowest scores. */
  public List<Wrong> falseAlarms() {
    return falseAlarms.all();
  }

  /** Accounts that left without having been in it, those with the highest scores. */
  public List<Wrong> missed() {
    return missed.all();
  }

  /** Of each metric alone, if that was to be told; scorecard by scorecard. */
  public List<MetricPower> metrics() {
    List<MetricPower> all = new ArrayList<>();
    singles.forEach(
        (scorecard, ofMetrics) ->
            ofMetrics.forEach(
                single ->
                    all.add(
                        new MetricPower(
                            scorecard,
                            single.metric.key(),
                            single.metric.name(),
                            single.ranks.stayed(),
                            single.ranks.left(),
                            single.ranks.auc()))));
    return all;
  }
}
