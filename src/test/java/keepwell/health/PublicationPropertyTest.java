package keepwell.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import keepwell.health.Decider.Moment;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Random accounts to which something happens on some days, and which are then left alone. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PublicationPropertyTest {
  private static final int FIRST = (int) LocalDate.parse("2026-03-01").toEpochDay();
  private static final int ALONE = 200;
  private static final int CASES = 5;

  private Random random;
  private Scorecards scorecards;
  private Thresholds thresholds;

  /** Something happens on a few days, each signal of the day itself or of one before. */
  private Account lived(boolean eachDay) {
    Account account = Account.unknown(Cases.UTC);
    double settled = Double.NaN;
    int day = FIRST;
    for (int i = 0; i < 12; i++) {
      int last = day;
      day += eachDay ? 1 : random.nextInt(5);
      double before = score(account, day);
      double start = day > last ? score(account, day - 1) : settled;
      account = happened(account, command(account, day));
      settled = settled(start, before, score(account, day));
      tellsOfThresholds(account, settled);
      neverLate(account, day);
    }
    return account;
  }

  /** The rule of tiers, for a score: lowered only by what lowers the score, and so on. */
  private static double settled(double start, double before, double after) {
    if (Double.isNaN(start + before + after)) {
      return Double.isNaN(before) && Double.isNaN(after) ? start : after;
    }
    if (after < before) {
      return Math.min(start, after);
    }
    return after > before ? Math.max(start, after) : start;
  }

  /** What was published last is on the side of each threshold on which the settled score is. */
  private void tellsOfThresholds(Account account, double settled) {
    assertThat(thresholds.separate(account.listing.settled(), settled)).isFalse();
    Scorecard scorecard = scorecards.of(account.labels).orElseThrow();
    if (scorecard.hysteresis() == 0) {
      assertThat(account.settlement.tier().orElse(null)).isEqualTo(scorecard.band(settled));
    }
  }

  private Decision<?> command(Account account, int day) {
    Moment moment = moment(day, 1 + random.nextInt(20));
    if (account.exists() && random.nextInt(6) == 0) {
      int until = day + random.nextInt(20);
      double max = random.nextInt(100);
      return Decider.override(
          account,
          new ScoreOverride(Optional.of(max), Optional.empty(), "why", "who", until),
          moment);
    }
    List<Signal> signals = new ArrayList<>();
    LocalDate last = LocalDate.ofEpochDay(day);
    for (var signal : RandomCases.signals(random, last, 1 + random.nextInt(8), 60)) {
      Signal one = Cases.signal(signal);
      if (!one.at().isAfter(moment.now())) {
        signals.add(one);
      }
    }
    return Decider.record(account, "a", signals, false, moment);
  }

  private Moment moment(int day, int hour) {
    Instant now = Cases.UTC.start(day).plusSeconds(hour * 3600L);
    return Moments.at(now, thresholds, scorecards);
  }

  private static Account happened(Account account, Decision<?> decision) {
    Account after = account;
    for (AccountEvent event : decision.events()) {
      after = after.evolve(event);
    }
    return after;
  }

  private double score(Account account, int day) {
    return account.score(scorecards, day);
  }

  /**
   * No day before the one of the review would have moved the score or tier, or crossed a threshold.
   */
  private void neverLate(Account account, int today) {
    if (!account.exists()) {
      return;
    }
    double published = account.listing.score();
    String tier = account.settlement.tier().orElse(null);
    Scorecard scorecard = scorecards.of(account.labels).orElseThrow();
    for (int day = today; day < Math.min(account.listing.reviewOn(), today + ALONE); day++) {
      double score = score(account, day);
      assertThat(scorecard.judged(tier, score)).isEqualTo(tier);
      assertThat(within(published, score)).isTrue();
      assertThat(thresholds.separate(account.listing.settled(), score)).isFalse();
    }
  }

  private static boolean within(double published, double score) {
    if (Double.isNaN(score) || Double.isNaN(published)) {
      return Double.isNaN(score) == Double.isNaN(published);
    }
    return Math.abs(score - published) < 1 - 1e-5;
  }

  private void next(RepetitionInfo repetition) {
    random = new Random(repetition.getCurrentRepetition());
    scorecards = Cases.scorecards(Cases.document(RandomCases.scorecard(random)));
    List<Double> scores = random.doubles(random.nextInt(100), 0, 100).boxed().toList();
    thresholds = new Thresholds(1, scores);
  }

  @RepeatedTest(40)
  void whatever_happens_the_next_review_is_never_late(RepetitionInfo repetition) {
    next(repetition);
    for (int i = 0; i < CASES; i++) {
      lived(random.nextBoolean());
    }
  }

  @RepeatedTest(40)
  void an_account_that_is_reviewed_when_it_is_due_moves_as_one_that_is_asked_every_day(
      RepetitionInfo repetition) {
    next(repetition);
    for (int i = 0; i < CASES; i++) {
      Account reviewed = lived(true);
      if (!reviewed.exists()) {
        continue;
      }
      Account asked = reviewed;
      int reviews = 0;
      for (int day = FIRST + 12; day < FIRST + 12 + ALONE; day++) {
        if (reviewed.listing.reviewOn() <= day) {
          Account before = reviewed;
          reviewed = happened(reviewed, Upkeep.review(reviewed, day, moment(day + 1, 2)));
          assertThat(reviewed.listing.reviewOn()).isGreaterThan(day);
          reviews += Objects.equals(before, reviewed) ? 0 : 1;
        }
        asked = happened(asked, Inquiry.standing(asked, Optional.empty(), moment(day + 1, 2)));
        assertThat(reviewed.settlement.changes()).isEqualTo(asked.settlement.changes());
        assertThat(thresholds.separate(reviewed.listing.settled(), asked.listing.settled()))
            .isFalse();
        assertThat(thresholds.separate(reviewed.listing.settled(), score(asked, day))).isFalse();
      }
      assertThat(reviews).isLessThan(ALONE);
      assertThat(within(reviewed.listing.score(), score(asked, FIRST + 11 + ALONE))).isTrue();
    }
  }
}
