package keepwell.portfolio;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import keepwell.health.AccountEvent;
import keepwell.health.AccountEvent.AccountClosed;
import keepwell.health.AccountEvent.AccountReopened;
import keepwell.health.AccountEvent.LabelsChanged;
import keepwell.health.AccountEvent.Loss;
import keepwell.health.AccountEvent.StandingPublished;
import keepwell.health.AccountEvent.TierChanged;

/**
 * How an account is listed: as it published last. Immutable.
 *
 * @param tierSince since when it has its tier, or none any more; empty if it never had one
 * @param score the effective one
 * @param trend7 by how much the raw score has changed in 7 days
 * @param trend30 the same in 30 days
 * @param loss what takes most of the score away
 * @param arr what it is worth a year
 * @param renewalOn the day up to which it is sure to stay, counted from 1970-01-01
 * @param reviewOn the day after which it is to be looked at; far away while it is closed
 * @param closedAt product time; empty while it is open
 * @param publishedAt product time; empty if it has not published anything yet
 */
public record Listed(
    String account,
    Map<String, String> labels,
    Optional<String> tier,
    Optional<Instant> tierSince,
    Optional<String> previousTier,
    Optional<Double> score,
    Optional<Double> trend7,
    Optional<Double> trend30,
    Optional<Loss> loss,
    Optional<Double> arr,
    Optional<Integer> renewalOn,
    int reviewOn,
    Optional<Instant> closedAt,
    Optional<Instant> publishedAt) {

  /** Looked at as soon as possible. */
  private static final int AT_ONCE = Integer.MIN_VALUE;

  private static final int NEVER = Integer.MAX_VALUE;

  public Listed {
    reviewOn = closedAt.isPresent() ? NEVER : reviewOn;
  }

  /** An account of which nothing else is known yet. */
  static Listed opened(String account) {
    return new Listed(
        account,
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        AT_ONCE,
        Optional.empty(),
        Optional.empty());
  }

  /** What it is called: its label {@code name}, or its id. */
  public String name() {
    return labels.getOrDefault("name", account);
  }

  /** After an event of it. */
  Listed evolve(AccountEvent event) {
    if (event instanceof StandingPublished standing) {
      return new Listed(
          account,
          labels,
          tier,
          tierSince,
          previousTier,
          standing.score(),
          standing.trend7(),
          standing.trend30(),
          standing.loss(),
          standing.arr(),
          standing.renewalOn(),
          standing.reviewOn(),
          closedAt,
          Optional.of(standing.at()));
    }
    if (event instanceof TierChanged changed) {
      return with(labels, changed.to(), Optional.of(changed.at()), changed.from(), closedAt);
    }
    if (event instanceof LabelsChanged changed) {
      Map<String, String> all = new HashMap<>(labels);
      all.keySet().removeAll(changed.removed());
      all.putAll(changed.set());
      return with(all, tier, tierSince, previousTier, closedAt);
    }
    if (event instanceof AccountClosed closed) {
      return with(labels, tier, tierSince, previousTier, Optional.of(closed.at()));
    }
    if (event instanceof AccountReopened) {
      return with(labels, tier, tierSince, previousTier, Optional.empty());
    }
    return this;
  }

  private Listed with(
      Map<String, String> labels,
      Optional<String> tier,
      Optional<Instant> tierSince,
      Optional<String> previousTier,
      Optional<Instant> closedAt) {
    return new Listed(
        account,
        labels,
        tier,
        tierSince,
        previousTier,
        score,
        trend7,
        trend30,
        loss,
        arr,
        renewalOn,
        reviewOn,
        closedAt,
        publishedAt);
  }
}
