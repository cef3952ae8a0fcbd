package keepwell.playbook;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.IntStream;
import keepwell.health.AccountEvent.TierChanged;
import keepwell.health.Days;
import keepwell.health.Retraced;
import keepwell.playbook.Run.Ending;
import keepwell.portfolio.Listed;

/**
 * The runs that playbooks would have begun for an account if they had been in force from a day on:
 * day by day, in the order in which a day goes. Thresholds are crossed by the scores of whole days.
 */
final class Rehearsal {
  private static final int WEEK_DAYS = 7;

  /** Of a point; scores are rounded to them. */
  private static final double PARTS = 1e4;

  private final PlaybookDocument document;
  private final List<Double> thresholds;
  private final Starting starting;
  private final Spotter spotter;
  private final Days days;
  private final Retraced account;
  private final TreeMap<Integer, Retraced.Day> byDay = new TreeMap<>();
  private final AccountRuns runs = new AccountRuns(List.of());

  /** The last day on which the account left each tier. */
  private final Map<String, Integer> leftOn = new HashMap<>();

  /** How many of its changes have happened, and the last of them. */
  private int changes;

  private Optional<TierChanged> last = Optional.empty();

  /** The last day on which the account told how it stands. */
  private int publishedOn;

  Rehearsal(PlaybookDocument document, Starting starting, Days days, Retraced account) {
    this.document = document;
    this.thresholds = document.thresholds();
    this.starting = starting;
    this.spotter = new Spotter(days);
    this.days = days;
    this.account = account;
    account.days().forEach(day -> byDay.put(day.day(), day));
  }

  /** How many days before the first must be known of accounts. */
  static int lookback(PlaybookDocument document) {
    int longest =
        document.playbooks().stream()
            .mapToInt(playbook -> playbook.trigger().lookback())
            .max()
            .orElse(0);
    return Math.max(longest, WEEK_DAYS) + 1;
  }

  /** All from a day on, up to another or the end of the account, and what became of them. */
  List<Run> runs(int first, int today) {
    happen(days.start(first), false);
    publishedOn = first - 1;
    int end = account.closedAt().map(at -> Math.min(today, days.of(at))).orElse(today);
    for (int day = first; day <= end; day++) {
      Instant start = days.start(day);
      boolean turned = happen(start.plusMillis(1), true); // by the judgement of the day before
      spend(day, day == first);
      runs.recovered(day - 1, start);
      turned |= happen(days.start(day + 1), true);
      if (turned || isPublished(day)) {
        double previous = score(publishedOn);
        publishedOn = day;
        stand(day, previous);
      }
    }
    account.closedAt().ifPresent(at -> runs.closed(at, Ending.CLOSED));
    return runs.begun();
  }

  /** Whether the account would have told how it stands: see ADR 0026. */
  private boolean isPublished(int day) {
    Optional<Retraced.Day> then = day(publishedOn);
    Optional<Retraced.Day> now = day(day);
    double score = score(day);
    double previous = score(publishedOn);
    return !(Math.rint(Math.abs(score - previous) * PARTS) < PARTS)
        || thresholds.stream().anyMatch(each -> (score < each) != (previous < each))
        || !then.map(Retraced.Day::arr).equals(now.map(Retraced.Day::arr))
        || !then.map(Retraced.Day::renewalOn).equals(now.map(Retraced.Day::renewalOn));
  }

  /** Lets the changes happen that come before an instant; whether there are any. */
  private boolean happen(Instant end, boolean rehearsed) {
    List<TierChanged> all = account.changes();
    int before = changes;
    for (; changes < all.size() && all.get(changes).at().isBefore(end); changes++) {
      TierChanged changed = all.get(changes);
      last = Optional.of(changed);
      if (rehearsed) {
        turn(changed);
      }
      changed.from().ifPresent(from -> leftOn.put(from, days.of(changed.at())));
    }
    return changes > before;
  }

  private void turn(TierChanged changed) {
    int day = days.of(changed.at());
    Listed listed = listed(day);
    Optional<String> to = changed.to();
    runs.moved(run -> to.isPresent() && starting.isBetter(listed, run, to.get()), day);
    Integer left = to.map(leftOn::get).orElse(null);
    OptionalInt leftBefore = left == null ? OptionalInt.empty() : OptionalInt.of(left);
    begin(
        listed,
        changed.at(),
        playbook -> spotter.spot(playbook.trigger(), changed, null, leftBefore));
  }

  /** A day has begun: it may be the one that a playbook waits for. */
  private void spend(int day, boolean first) {
    Listed listed = listed(day);
    begin(
        listed,
        days.start(day),
        playbook ->
            first || spotter.isDay(playbook.trigger(), listed, day)
                ? spotter
                    .spot(playbook.trigger(), listed, day)
                    .flatMap(cause -> confirmed(playbook.trigger(), cause, day, day - 1))
                : Optional.empty());
  }

  /**
   * The account tells how it stands.
   *
   * @param previous the score that it told the last time; NaN for none
   */
  private void stand(int day, double previous) {
    Listed listed = listed(day);
    begin(
        listed,
        days.start(day),
        playbook ->
            spotter
                .spot(playbook.trigger(), score(day), previous)
                .or(() -> spotter.spot(playbook.trigger(), listed, day))
                .flatMap(cause -> confirmed(playbook.trigger(), cause, day, day)));
  }

  /**
   * What the account would have answered if it had been asked.
   *
   * @param known the day of which the last score was known then
   */
  private Optional<Cause> confirmed(Trigger trigger, Cause cause, int day, int known) {
    if (trigger instanceof Trigger.Drop drop) {
      return cause.fallenFrom(
          IntStream.range(day - drop.withinDays(), day)
              .mapToDouble(this::score)
              .filter(score -> !Double.isNaN(score))
              .max());
    }
    boolean refuted =
        trigger.isToBeConfirmed() && !Spotter.isDeclining(score(known) - score(day - WEEK_DAYS));
    return refuted ? Optional.empty() : Optional.of(cause);
  }

  /** Finds why a playbook begins. */
  @FunctionalInterface
  private interface Spotting {
    Optional<Cause> spot(Playbook playbook);
  }

  private void begin(Listed listed, Instant at, Spotting spotting) {
    for (Playbook playbook : document.playbooks()) {
      if (playbook.fits(listed)) {
        spotting
            .spot(playbook)
            .ifPresent(
                cause ->
                    starting.begin(
                        runs, account.account(), listed, playbook, document.version(), cause, at));
      }
    }
  }

  private Optional<Retraced.Day> day(int day) {
    return Optional.ofNullable(byDay.floorEntry(day)).map(Map.Entry::getValue);
  }

  /** The effective score of a day; NaN for none. */
  private double score(int day) {
    return day(day).map(then -> then.score().orElse(Double.NaN)).orElse(Double.NaN);
  }

  /** As the account would have been listed on a day. */
  private Listed listed(int day) {
    Optional<Retraced.Day> then = day(day);
    return new Listed(
        account.account(),
        account.labels(),
        last.flatMap(TierChanged::to),
        last.map(TierChanged::at),
        last.flatMap(TierChanged::from),
        boxed(score(publishedOn)),
        boxed(score(publishedOn) - score(publishedOn - WEEK_DAYS)),
        Optional.empty(),
        Optional.empty(),
        then.flatMap(of -> boxed(of.arr().orElse(Double.NaN))),
        then.flatMap(
            of ->
                of.renewalOn().isPresent()
                    ? Optional.of(of.renewalOn().getAsInt())
                    : Optional.empty()),
        day,
        Optional.empty(),
        Optional.of(days.start(publishedOn)));
  }

  private static Optional<Double> boxed(double number) {
    return Double.isNaN(number) ? Optional.empty() : Optional.of(number);
  }
}
