package keepwell.health;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What has happened to an account. These records are the journal: a component may be added, never
 * renamed or removed, and every type has a golden file in {@code src/test/resources/journal}.
 */
public sealed interface AccountEvent {

  /** Whether it changes what the portfolio knows of the account. */
  default boolean changesListing() {
    return !(this instanceof SignalsRecorded
        || this instanceof OverrideSet
        || this instanceof OverrideRemoved);
  }

  /** Why a tier has changed. */
  enum Reason {
    SIGNAL,
    TIME,
    SCORECARD,
    OVERRIDE
  }

  /** The first event of every account. */
  record AccountOpened(String account) implements AccountEvent {}

  /**
   * Signals that one request brought, without those that were known already.
   *
   * @param version of the scorecards in force
   * @param at product time
   * @param receivedAt real time, from which their ids are remembered
   * @param newKeys those of the signals' keys that the account had never recorded before; none in
   *     an event that is older than this component
   */
  record SignalsRecorded(
      List<Signal> signals, int version, Instant at, Instant receivedAt, Set<String> newKeys)
      implements AccountEvent {
    public SignalsRecorded {
      newKeys = newKeys == null ? Set.of() : newKeys;
    }
  }

  /**
   * Labels that were set or removed.
   *
   * @param version of the scorecards in force
   * @param at product time
   */
  record LabelsChanged(Map<String, String> set, Set<String> removed, int version, Instant at)
      implements AccountEvent {}

  /**
   * The score is held within bounds, from the day of this on.
   *
   * @param override in place of the one that held before
   * @param version of the scorecards in force
   * @param at product time
   */
  record OverrideSet(ScoreOverride override, int version, Instant at) implements AccountEvent {}

  /**
   * The override that held was taken back before it ended by itself.
   *
   * @param version of the scorecards in force
   * @param at product time
   */
  record OverrideRemoved(int version, Instant at) implements AccountEvent {}

  /**
   * The account moved from one tier to another.
   *
   * @param from the tier that it left; empty for its first
   * @param to the tier that it entered; empty if it has none any more
   * @param score with which it moved; empty for none
   * @param previousScore without the cause; of the day before, if time was the cause
   * @param scorecard its key; empty if none fits
   * @param version of the scorecards by which it moved
   * @param at product time; by the judgement of a day, the start of the next
   * @param quiet whether channels and playbooks skip it
   */
  record TierChanged(
      Optional<String> from,
      Optional<String> to,
      Optional<Double> score,
      Optional<Double> previousScore,
      Reason reason,
      Optional<String> scorecard,
      int version,
      Instant at,
      boolean quiet)
      implements AccountEvent {
    public TierChanged {
      from = from.map(String::intern); // the same few texts in every account
      to = to.map(String::intern);
      scorecard = scorecard.map(String::intern);
    }
  }

  /**
   * The account is no customer any more: it is neither listed nor reviewed until it is reopened.
   *
   * @param version of the scorecards in force
   * @param at product time
   * @param byOutcome whether its last outcome was the reason; not in an event that is older than
   *     this component
   */
  record AccountClosed(int version, Instant at, boolean byOutcome) implements AccountEvent {}

  /**
   * A closed account is a customer again.
   *
   * @param version of the scorecards in force
   * @param at product time
   */
  record AccountReopened(int version, Instant at) implements AccountEvent {}

  /**
   * Somebody has told what became of the account on a day; it replaces what was told of that day.
   *
   * @param outcome empty if what was told was taken back
   * @param happenedAt some time of that day
   * @param version of the scorecards in force
   * @param at product time
   */
  record OutcomeRecorded(Optional<Outcome> outcome, Instant happenedAt, int version, Instant at)
      implements AccountEvent {}

  /**
   * How the account stands has become worth telling: see {@link Publication}.
   *
   * @param score the effective one; empty for none
   * @param trend7 by how much the raw score has changed in 7 days
   * @param trend30 the same in 30 days
   * @param loss what takes most of the score away; empty if nothing does
   * @param arr the latest value of the signal {@code arr}
   * @param renewalOn the day that is the latest value of the signal {@code renewal-date}, counted
   *     from 1970-01-01
   * @param reviewOn the first day on which, left alone, the score will have moved by a whole point
   *     or crossed a threshold, or the tier will have changed; it may be early, never late
   * @param version of the scorecards in force
   * @param at product time
   * @param settledScore the score by which thresholds are crossed, see {@link Settling}; empty for
   *     none, and in an event that is older than this component
   * @param previousSettledScore that of the one published before since the account was opened or
   *     reopened; empty for none
   * @param quiet whether it came of signals of which channels and playbooks are told nothing; false
   *     in an event that is older than this component
   */
  record StandingPublished(
      Optional<Double> score,
      Optional<Double> trend7,
      Optional<Double> trend30,
      Optional<Loss> loss,
      Optional<Double> arr,
      Optional<Integer> renewalOn,
      int reviewOn,
      int version,
      Instant at,
      Optional<Double> settledScore,
      Optional<Double> previousSettledScore,
      boolean quiet)
      implements AccountEvent {}

  /**
   * A metric or an adjustment that keeps a score from 100.
   *
   * @param metric whether the key is a metric's or an adjustment's
   * @param points that it takes from the score
   */
  record Loss(String key, boolean metric, String name, double points) {}

  /**
   * The account was erased: nothing that happened to it before is known any more. Once the read
   * side has followed, the events before and this one itself are overwritten by one without keys.
   *
   * @param at product time; signals dated before it are refused
   * @param keys of the signals that it had recorded
   */
  record AccountErased(Instant at, Set<String> keys) implements AccountEvent {}
}
