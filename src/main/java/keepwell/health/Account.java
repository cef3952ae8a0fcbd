package keepwell.health;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import keepwell.health.AccountEvent.AccountOpened;
import keepwell.health.AccountEvent.LabelsChanged;
import keepwell.health.AccountEvent.SignalsRecorded;
import keepwell.health.AccountEvent.TierChanged;

/**
 * An account: facts, labels, the ids it remembers and its settled tier. Immutable; only {@link
 * #evolve} makes another one of it. What it decides is in {@link Decider}.
 */
public final class Account {
  final Days days;

  /** Its id; null before its first event. */
  final String id;

  final Facts facts;
  final Map<String, String> labels;
  final RememberedIds remembered;
  final Settlement settlement;

  Account(
      Days days,
      String id,
      Facts facts,
      Map<String, String> labels,
      RememberedIds remembered,
      Settlement settlement) {
    this.days = days;
    this.id = id;
    this.facts = facts;
    this.labels = labels;
    this.remembered = remembered;
    this.settlement = settlement;
  }

  /** An account of which nothing is known yet. */
  public static Account unknown(Days days) {
    return new Account(days, null, Facts.NONE, Map.of(), RememberedIds.NONE, Settlement.NEW);
  }

  /** Whether anything has ever been stored of it. */
  public boolean exists() {
    return id != null;
  }

  /** This account after an event. */
  public Account evolve(AccountEvent event) {
    if (event instanceof AccountOpened opened) {
      return new Account(days, opened.account(), facts, labels, remembered, settlement);
    }
    if (event instanceof SignalsRecorded recorded) {
      return new Account(
          days,
          id,
          facts.plus(recorded.signals(), days),
          labels,
          remembered.plus(recorded.signals(), recorded.receivedAt()),
          settlement.on(days.of(recorded.at()), recorded.version()));
    }
    if (event instanceof LabelsChanged changed) {
      return new Account(
          days,
          id,
          facts,
          relabelled(changed.set(), changed.removed()),
          remembered,
          settlement.on(days.of(changed.at()), changed.version()));
    }
    TierChanged changed = (TierChanged) event;
    return new Account(
        days,
        id,
        facts,
        labels,
        remembered,
        settlement.on(days.of(changed.at()), changed.version()).moved(changed));
  }

  private Map<String, String> relabelled(Map<String, String> set, Set<String> removed) {
    Map<String, String> all = new TreeMap<>(labels);
    all.keySet().removeAll(removed);
    all.putAll(set);
    return Collections.unmodifiableMap(all);
  }

  /** The score on a day by these scorecards; NaN for none. */
  double score(Scorecards scorecards, int day) {
    return scorecards
        .of(labels)
        .map(scorecard -> Evaluation.of(scorecard, facts, day).score())
        .orElse(Double.NaN);
  }

  /** What a snapshot keeps of it. */
  public Parts parts() {
    return new Parts(
        id,
        labels,
        settlement.tier(),
        settlement.since(),
        settlement.previous(),
        settlement.judgedThrough(),
        settlement.version(),
        facts,
        remembered.ids(),
        remembered.seconds());
  }

  /** The account that a snapshot was taken of. */
  public static Account of(Parts parts, Days days) {
    return new Account(
        days,
        parts.account(),
        parts.facts(),
        parts.labels(),
        RememberedIds.of(parts.ids(), parts.idSeconds()),
        new Settlement(
            parts.tier(),
            parts.tierSince(),
            parts.previousTier(),
            parts.judgedThrough(),
            parts.version()));
  }

  /**
   * An account taken apart for storage: the snapshot's format, under the same rules as the events.
   *
   * @param ids remembered, oldest first
   * @param idSeconds when each arrived, in seconds of real time
   */
  @SuppressWarnings("ArrayRecordComponent") // compact in CBOR, and never compared
  public record Parts(
      String account,
      Map<String, String> labels,
      String tier,
      Instant tierSince,
      String previousTier,
      int judgedThrough,
      int version,
      Facts facts,
      long[] ids,
      long[] idSeconds) {}
}
