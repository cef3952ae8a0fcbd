package keepwell.health;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import keepwell.health.AccountEvent.AccountOpened;
import keepwell.health.AccountEvent.LabelsChanged;
import keepwell.health.AccountEvent.Reason;
import keepwell.health.AccountEvent.SignalsRecorded;
import keepwell.health.AccountEvent.StandingPublished;
import keepwell.health.AccountEvent.TierChanged;
import keepwell.health.Decider.Moment;

/**
 * The account that the figures are about; another one for each seed, and the same for the same.
 *
 * <p>It has sent the 8 signal keys of the scorecard {@code b2b-saas} for 90 days, the last of which
 * is its today, between 7:00 and 19:00 UTC and to the millisecond:
 *
 * <ul>
 *   <li>{@code login}, 4 to 8 a day, each by one of 30 users; value 1;
 *   <li>{@code core-feature}, 6 to 12 a day, each of one of 8 items, without a user; value 1;
 *   <li>{@code hours} weekly, with one decimal;
 *   <li>{@code seats} 3 times, {@code arr} twice, {@code feature-adopted} every 30 days;
 *   <li>{@code ticket} every 9 days, and a day later {@code ticket-resolved}, hours with one
 *       decimal.
 * </ul>
 *
 * <p>The last 100 signals came one by one in the last 24 hours, so their ids are remembered; those
 * before came in one event a day. It has three labels and a settled tier, and has published how it
 * stands today. Accounts differ in their today too, as {@link Distinct} keeps days in blocks of the
 * calendar: 32 seeds in a row are spread evenly over a block.
 */
public final class TypicalAccount {
  static final Days DAYS = new Days(ZoneOffset.UTC);

  private static final Scorecards SCORECARDS = TypicalScorecard.scorecards();
  private static final int FIRST_TODAY = (int) LocalDate.of(2026, 3, 1).toEpochDay();
  private static final int TODAYS = 32;
  private static final int DAYS_KEPT = 90;
  private static final int USERS = 30;
  private static final int ITEMS = 8;
  private static final int REMEMBERED = 100;
  private static final int SECONDS_BETWEEN = 800;
  private static final List<String> OWNERS = List.of("dana", "robin", "sasha", "kim");
  private static final List<String> SEGMENTS = List.of("enterprise", "mid-market", "small");

  /** What its two daily keys carry. */
  public enum Variant {
    TYPICAL,
    /** Both daily keys have a user, an item, and a value with one decimal. */
    HARDER
  }

  final int today;
  final Instant now;

  /** As its events made it. */
  final Account account;

  private final StandingPublished published;
  private final Variant variant;
  private final SplittableRandom random;
  private final long seed;
  private final long[] users;
  private final long[] items;

  TypicalAccount(Variant variant, int seed) {
    this.variant = variant;
    this.seed = seed;
    this.random = new SplittableRandom(seed);
    this.users = random.longs(USERS).toArray();
    this.items = random.longs(ITEMS).toArray();
    this.today = FIRST_TODAY + 2 * (seed % TODAYS);
    this.now = DAYS.start(today).plus(Duration.ofHours(20));
    Account made = Account.unknown(DAYS);
    for (AccountEvent event : events()) {
      made = made.evolve(event);
    }
    double score = made.score(SCORECARDS, today);
    Moment moment =
        new Moment(now, now, List.of(SCORECARDS), Thresholds.NONE, new Capacity(1000, 50));
    this.published = new Publication(made, moment, today).standing(score, score, false, now);
    this.account = made.evolve(published);
  }

  /** Those whose days the accounts are counted by. */
  public static Days days() {
    return DAYS;
  }

  /** When all accounts have lived: on the last of their todays. */
  public static Instant latest() {
    return DAYS.start(FIRST_TODAY + 2 * (TODAYS - 1)).plus(Duration.ofHours(20));
  }

  /** One whose today is that of {@link #latest}, and another one for each seed. */
  public static TypicalAccount ofLatest(int seed) {
    return new TypicalAccount(Variant.TYPICAL, seed * TODAYS + TODAYS - 1);
  }

  /** What it has published. */
  public StandingPublished published() {
    return published;
  }

  public Map<String, String> labels() {
    return account.labels();
  }

  /** Its settled tier. */
  public String tier() {
    return account.settlement.tier().orElseThrow();
  }

  /** What is stored of it by another name, if it is to be looked at once its today is over. */
  public Account.Parts due(String name) {
    Listing told = account.listing;
    return called(
        name,
        account.parts(),
        new Listing(
            told.score(), told.arr(), told.renewalOn(), today, null, told.settledScore(), false));
  }

  /** What is stored of one. */
  public static Account.Parts parts(int seed) {
    return new TypicalAccount(Variant.TYPICAL, seed).account.parts();
  }

  /** The same by another name, and with all of its days judged. */
  public static Account.Parts called(String name, Account.Parts like) {
    return called(name, like, like.listing());
  }

  private static Account.Parts called(String name, Account.Parts like, Listing listing) {
    return new Account.Parts(
        name,
        like.labels(),
        like.tierChanges(),
        DAYS.of(latest()) - 1,
        like.version(),
        like.overrides(),
        like.facts(),
        like.remembered(),
        like.erasedAt(),
        listing,
        like.outcomes());
  }

  /** Events of one signal that it could take next, by turns of its two daily keys. */
  public List<SignalsRecorded> next(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> i % 2 == 0 ? login(now) : feature(now))
        .map(signal -> new SignalsRecorded(List.of(signal), 1, now, now, Set.of()))
        .toList();
  }

  private List<AccountEvent> events() {
    List<Signal> signals = signals();
    List<AccountEvent> events = new ArrayList<>();
    events.add(new AccountOpened("account-" + seed));
    events.add(new LabelsChanged(newLabels(), Set.of(), 1, signals.get(0).at()));
    int single = signals.size() - REMEMBERED;
    for (int from = 0, to; from < single; from = to) {
      int day = DAYS.of(signals.get(from).at());
      to = from;
      while (to < single && DAYS.of(signals.get(to).at()) == day) {
        to++;
      }
      Instant last = signals.get(to - 1).at();
      events.add(new SignalsRecorded(signals.subList(from, to), 1, last, last, Set.of()));
    }
    events.add(settled());
    for (int i = single; i < signals.size(); i++) {
      Instant received = now.minusSeconds((long) (signals.size() - i) * SECONDS_BETWEEN);
      events.add(
          new SignalsRecorded(
              signals.subList(i, i + 1), 1, signals.get(i).at(), received, Set.of()));
    }
    return events;
  }

  private Map<String, String> newLabels() {
    return Map.of(
        "name", "Customer " + seed,
        "owner", own(OWNERS.get(random.nextInt(OWNERS.size()))),
        "segment", own(SEGMENTS.get(random.nextInt(SEGMENTS.size()))));
  }

  private TierChanged settled() {
    return new TierChanged(
        Optional.empty(),
        Optional.of(own("green")),
        Optional.of(84.25),
        Optional.empty(),
        Reason.TIME,
        Optional.of("b2b-saas"),
        1,
        DAYS.start(today - 60),
        false);
  }

  private List<Signal> signals() {
    List<Signal> signals = new ArrayList<>();
    for (int i = 0; i < DAYS_KEPT; i++) {
      int day = today - DAYS_KEPT + 1 + i;
      for (int n = random.nextInt(4, 9); n > 0; n--) {
        signals.add(login(during(day)));
      }
      for (int n = random.nextInt(6, 13); n > 0; n--) {
        signals.add(feature(during(day)));
      }
      if (i % 7 == 4) {
        signals.add(plain("hours", random.nextInt(500, 3000) / 10.0, day));
      }
      if (i == 0 || i == 31 || i == 64) {
        signals.add(plain("seats", random.nextInt(25, 45), day));
      }
      if (i == 0 || i == 45) {
        signals.add(plain("arr", random.nextInt(10, 60) * 1000, day));
      }
      if (i % 9 == 3) {
        signals.add(plain("ticket", 1, day));
      }
      if (i % 9 == 4) {
        signals.add(plain("ticket-resolved", random.nextInt(20, 800) / 10.0, day));
      }
      if (i % 30 == 12) {
        signals.add(plain("feature-adopted", 1, day));
      }
    }
    signals.sort(Comparator.comparing(Signal::at));
    return signals;
  }

  private Signal login(Instant at) {
    long item = variant == Variant.HARDER ? anyOf(items) : 0;
    return signal("login", daily(), at, anyOf(users), item);
  }

  private Signal feature(Instant at) {
    long user = variant == Variant.HARDER ? anyOf(users) : 0;
    return signal("core-feature", daily(), at, user, anyOf(items));
  }

  private double daily() {
    return variant == Variant.HARDER ? random.nextInt(1, 100) / 10.0 : 1;
  }

  private Signal plain(String key, double value, int day) {
    return signal(key, value, during(day), 0, 0);
  }

  private Signal signal(String key, double value, Instant at, long user, long item) {
    return new Signal(own(key), value, at, user, item, random.nextLong());
  }

  /** A text that is no other account's, like every one that was read from the journal. */
  private static String own(String text) {
    return new String(text.toCharArray());
  }

  private Instant during(int day) {
    return DAYS.start(day).plusMillis(random.nextInt(7 * 3_600_000, 19 * 3_600_000));
  }

  private long anyOf(long[] hashes) {
    return hashes[random.nextInt(hashes.length)];
  }
}
