package keepwell.health;

import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import keepwell.health.AccountEvent.AccountClosed;
import keepwell.health.AccountEvent.AccountErased;
import keepwell.health.AccountEvent.AccountOpened;
import keepwell.health.AccountEvent.AccountReopened;
import keepwell.health.AccountEvent.LabelsChanged;
import keepwell.health.AccountEvent.OutcomeRecorded;
import keepwell.health.AccountEvent.OverrideRemoved;
import keepwell.health.AccountEvent.OverrideSet;
import keepwell.health.AccountEvent.SignalsRecorded;
import keepwell.health.AccountEvent.StandingPublished;
import keepwell.health.AccountEvent.TierChanged;

/**
 * An account: facts, labels, the ids it remembers, its overrides, its settled tier, what was
 * published of it, and what became of it. Immutable; only {@link #evolve} makes another one of it.
 * What it decides is in {@link Decider}, what it answers in {@link Inquiry}.
 */
public final class Account {
  final Days days;

  /** When it was erased last, in product time; null if it never was. */
  final Instant erasedAt;

  /** Its id; null before its first event, and after its erasure. */
  final String id;

  final Facts facts;
  final Map<String, String> labels;
  final RememberedIds remembered;
  final Overrides overrides;
  final Settlement settlement;
  final Listing listing;
  final Outcomes outcomes;

  private Account(
      Days days,
      Instant erasedAt,
      String id,
      Facts facts,
      Map<String, String> labels,
      RememberedIds remembered,
      Overrides overrides,
      Settlement settlement,
      Listing listing,
      Outcomes outcomes) {
    this.days = days;
    this.erasedAt = erasedAt;
    this.id = id;
    this.facts = facts;
    this.labels = labels;
    this.remembered = remembered;
    this.overrides = overrides;
    this.settlement = settlement;
    this.listing = listing;
    this.outcomes = outcomes;
  }

  /** An account of which nothing is known yet. */
  public static Account unknown(Days days) {
    return unknown(days, null);
  }

  private static Account unknown(Days days, Instant erasedAt) {
    return new Account(
        days,
        erasedAt,
        null,
        Facts.NONE,
        Map.of(),
        RememberedIds.NONE,
        Overrides.NONE,
        Settlement.NEW,
        Listing.NONE,
        Outcomes.NONE);
  }

  /** Whether anything has ever been stored of it, since it was erased if it was. */
  public boolean exists() {
    return id != null;
  }

  /** This account after an event. */
  public Account evolve(AccountEvent event) {
    if (event instanceof AccountOpened opened) {
      return new Account(
          days,
          erasedAt,
          opened.account(),
          facts,
          labels,
          remembered,
          overrides,
          settlement,
          listing,
          outcomes);
    }
    if (event instanceof SignalsRecorded recorded) {
      return new Account(
          days,
          erasedAt,
          id,
          facts.plus(recorded.signals(), days),
          labels,
          remembered.plus(recorded.signals(), recorded.receivedAt()),
          overrides,
          settled(recorded.at(), recorded.version()),
          listing,
          outcomes);
    }
    if (event instanceof LabelsChanged changed) {
      Map<String, String> all = relabelled(changed.set(), changed.removed());
      Settlement settled = settled(changed.at(), changed.version());
      return new Account(
          days, erasedAt, id, facts, all, remembered, overrides, settled, listing, outcomes);
    }
    if (event instanceof OverrideSet set) {
      return with(
          overrides.set(set.override(), set.at(), days.of(set.at())),
          settled(set.at(), set.version()),
          listing);
    }
    if (event instanceof OverrideRemoved removed) {
      return with(
          overrides.removed(days.of(removed.at())),
          settled(removed.at(), removed.version()),
          listing);
    }
    if (event instanceof StandingPublished standing) {
      return with(
          overrides, settled(standing.at(), standing.version()), listing.published(standing));
    }
    if (event instanceof AccountClosed closed) {
      return with(overrides, settled(closed.at(), closed.version()), listing.closed(closed));
    }
    if (event instanceof AccountReopened reopened) {
      return with(overrides, settled(reopened.at(), reopened.version()), listing.reopened());
    }
    if (event instanceof OutcomeRecorded told) {
      return new Account(
          days,
          erasedAt,
          id,
          facts,
          labels,
          remembered,
          overrides,
          settled(told.at(), told.version()),
          listing,
          outcomes.with(told, days));
    }
    if (event instanceof AccountErased erased) {
      return unknown(days, erased.at());
    }
    TierChanged changed = (TierChanged) event;
    return with(overrides, settled(changed.at(), changed.version()).moved(changed, days), listing);
  }

  private Settlement settled(Instant at, int version) {
    return settlement.on(days.of(at), version);
  }

  private Account with(Overrides overrides, Settlement settlement, Listing listing) {
    return new Account(
        days, erasedAt, id, facts, labels, remembered, overrides, settlement, listing, outcomes);
  }

  private Map<String, String> relabelled(Map<String, String> set, Set<String> removed) {
    Map<String, String> all = new TreeMap<>(labels);
    all.keySet().removeAll(removed);
    all.putAll(set);
    return compact(all);
  }

  /** As it is kept in memory: small, and the keys are the same few in every account. */
  private static Map<String, String> compact(Map<String, String> labels) {
    Map<String, String> shared = new HashMap<>();
    labels.forEach((key, value) -> shared.put(key.intern(), value));
    return Map.copyOf(shared);
  }

  /** Its labels, in the order of their keys. */
  Map<String, String> labels() {
    return Collections.unmodifiableMap(new TreeMap<>(labels));
  }

  /** The effective score on a day by these scorecards; NaN for none. */
  double score(Scorecards scorecards, int day) {
    return overrides.held(rawScore(scorecards, day, day), day);
  }

  /**
   * The score on a day by these scorecards, whatever overrides say; NaN for none.
   *
   * @param upTo the last day whose signals count
   */
  double rawScore(Scorecards scorecards, int day, int upTo) {
    return scorecards
        .of(labels)
        .map(scorecard -> Evaluation.of(scorecard, facts, day, upTo).score())
        .orElse(Double.NaN);
  }

  /** What it is worth a year, as it was known on a day; NaN if that is not known. */
  double arr(int day) {
    return latest("arr", day);
  }

  /**
   * The day up to which it is sure to stay, as it was known on a day; {@link Days#NEVER} if that is
   * not known.
   */
  int renewalOn(int day) {
    double latest = latest("renewal-date", day);
    return Math.abs(latest) < Days.NEVER ? (int) latest : Days.NEVER;
  }

  private double latest(String key, int day) {
    SignalFacts sent = facts.of(key);
    return sent == null ? Double.NaN : sent.latest(Integer.MIN_VALUE, day);
  }

  /** Whether all days that decide the score of a day are kept whole. */
  boolean canScore(Scorecards scorecards, int day) {
    int reachDays = scorecards.of(labels).map(Scorecard::reachDays).orElse(1);
    return (long) day - reachDays + 1 > facts.horizon();
  }

  /** What a snapshot keeps of it. */
  public Parts parts() {
    return new Parts(
        id,
        labels(),
        settlement.changes(),
        settlement.judgedThrough(),
        settlement.version(),
        overrides.periods,
        facts,
        remembered,
        erasedAt,
        listing,
        outcomes.all());
  }

  /** The account that a snapshot was taken of. */
  public static Account of(Parts parts, Days days) {
    return new Account(
        days,
        parts.erasedAt(),
        parts.account(),
        parts.facts(),
        compact(parts.labels()),
        parts.remembered(),
        new Overrides(parts.overrides()),
        new Settlement(parts.tierChanges(), parts.judgedThrough(), parts.version()),
        parts.listing(),
        new Outcomes(parts.outcomes()));
  }

  /**
   * An account taken apart for storage: the snapshot's format, under the same rules as the events.
   *
   * @param erasedAt null if it never was, as in a snapshot that is older than this component
   * @param listing none in a snapshot that is older than this component
   * @param outcomes none in a snapshot that is older than this component
   */
  public record Parts(
      String account,
      Map<String, String> labels,
      List<TierChanged> tierChanges,
      int judgedThrough,
      int version,
      List<Overrides.Period> overrides,
      Facts facts,
      RememberedIds remembered,
      Instant erasedAt,
      Listing listing,
      List<Outcomes.Past> outcomes) {
    public Parts {
      // What has lost a part is no snapshot that could be read: the journal has them all.
      Stream.of(labels, facts, remembered).forEach(Objects::requireNonNull);
      tierChanges = List.copyOf(tierChanges);
      overrides = List.copyOf(overrides);
      listing = listing == null ? Listing.NONE : listing;
      outcomes = outcomes == null ? List.of() : List.copyOf(outcomes);
    }
  }
}
