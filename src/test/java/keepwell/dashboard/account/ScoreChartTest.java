package keepwell.dashboard.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import keepwell.dashboard.frame.Tiers;
import keepwell.health.AccountEvent.Reason;
import keepwell.health.AccountEvent.TierChanged;
import keepwell.health.Days;
import keepwell.health.History;
import keepwell.health.History.DayScore;
import keepwell.health.Tier;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Where the scores of an account are drawn. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ScoreChartTest {
  private static final List<Tier> TIERS =
      List.of(new Tier("green", "Healthy", 80), new Tier("red", "Critical", 0));
  private static final int FIRST = (int) LocalDate.parse("2026-02-20").toEpochDay();

  /** NaN stands for no score. */
  private static ScoreChart chart(List<TierChanged> changes, double... scores) {
    List<DayScore> days = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      OptionalDouble score =
          Double.isNaN(scores[i]) ? OptionalDouble.empty() : OptionalDouble.of(scores[i]);
      days.add(new DayScore(FIRST + i, score, Optional.empty()));
    }
    return ScoreChart.of(
        new History("acme", days, changes, List.of()), TIERS, new Days(ZoneOffset.UTC));
  }

  private static TierChanged change(String at, String to, double score) {
    return new TierChanged(
        Optional.empty(),
        Optional.of(to),
        Optional.of(score),
        Optional.empty(),
        Reason.TIME,
        Optional.of("card"),
        1,
        Instant.parse(at),
        false);
  }

  @Test
  void days_without_a_score_leave_a_gap() {
    assertThat(chart(List.of(), 90, 80, Double.NaN, 50, Double.NaN).lines())
        .containsExactly("0,10.00 1,20.00", "3,50.00 3,50.00");
  }

  @Test
  void tiers_are_bands_from_100_down_to_0() {
    assertThat(chart(List.of(), 90, 90).bands())
        .extracting(band -> band.tier().name(), ScoreChart.Band::top, ScoreChart.Band::height)
        .containsExactly(tuple("Healthy", 0.0, 20.0), tuple("Critical", 20.0, 80.0));
  }

  @Test
  void months_begin_where_they_begin() {
    assertThat(chart(List.of(), new double[19]).months())
        .containsExactly(new ScoreChart.Tick(50, "Mar"));
  }

  @Test
  void tier_changes_that_would_lie_on_each_other_share_a_mark_that_says_them_all() {
    List<TierChanged> changes =
        List.of(
            change("2026-02-21T12:00:00Z", "green", 90),
            change("2026-02-21T13:00:00Z", "red", 40),
            change("2026-03-01T00:00:00Z", "green", 85));
    List<Marks.Mark> marks = chart(changes, new double[19]).changes();
    assertThat(marks).extracting(Marks.Mark::label).containsExactly("21 Feb ×2", "1 Mar");
    assertThat(marks.get(0).tier().name()).isEqualTo("Critical");
    assertThat(marks.get(0).said())
        .isEqualTo(
            "21 Feb: No score to Healthy, by time passing;"
                + " 21 Feb: No score to Critical, by time passing");
    assertThat(marks.get(1).y()).isEqualTo(15);
  }

  @Test
  void of_labels_that_would_lie_on_each_other_the_first_is_written() {
    List<TierChanged> changes =
        List.of(
            change("2026-03-10T00:00:00Z", "green", 90),
            change("2026-03-15T00:00:00Z", "red", 40),
            change("2026-04-10T00:00:00Z", "green", 85));
    assertThat(chart(changes, new double[100]).changes())
        .extracting(Marks.Mark::label, Marks.Mark::narrow)
        .containsExactly(tuple("10 Mar", true), tuple("", false), tuple("10 Apr", true));
  }

  @Test
  void the_days_to_come_go_on_from_today_and_a_fall_among_them_is_marked() {
    int today = FIRST + 9;
    List<DayScore> known = days(FIRST, 10, 85, "green");
    List<DayScore> ahead = new ArrayList<>(days(today + 1, 5, 82, "green"));
    ahead.addAll(days(today + 6, 5, 40, "red"));
    ScoreChart chart =
        ScoreChart.of(
            new History("acme", known, List.of(), List.of()),
            ahead,
            Optional.of(today + 10),
            TIERS,
            new Days(ZoneOffset.UTC));
    assertThat(chart.lastDay()).isEqualTo(19);
    assertThat(chart.lines().get(0)).endsWith("9,15.00");
    assertThat(chart.ahead().get(0)).startsWith("9,15.00 10,18.00").endsWith("19,60.00");
    assertThat(chart.changes())
        .extracting(Marks.Mark::said)
        .containsExactly("7 Mar: Critical, if nothing happens");
    assertThat(chart.renewal()).containsExactly(new ScoreChart.Tick(100, "Renewal"));
  }

  @Test
  void a_slider_says_each_day_without_asking() {
    Travel travel =
        Travel.of(
            days(FIRST, 3, 85, "green"),
            List.of(new DayScore(FIRST + 3, OptionalDouble.empty(), Optional.empty())),
            FIRST + 1,
            Tiers.of(TIERS));
    assertThat(travel.said())
        .containsExactly(
            "20 Feb: 85.0, Healthy",
            "21 Feb: 85.0, Healthy",
            "22 Feb, today: 85.0, Healthy",
            "23 Feb, if nothing happens: no score");
    assertThat(travel.scores()).isEqualTo("85.00,85.00,85.00,");
    assertThat(travel.now()).isEqualTo("21 Feb: 85.0, Healthy");
    assertThat(travel.day()).isEqualTo("2026-02-21");
  }

  private static List<DayScore> days(int first, int count, double score, String tier) {
    return IntStream.range(0, count)
        .mapToObj(i -> new DayScore(first + i, OptionalDouble.of(score), Optional.of(tier)))
        .toList();
  }

  @Test
  void it_says_in_words_what_it_shows() {
    assertThat(chart(List.of(), 90, 40.04, 55).words())
        .isEqualTo(
            "Scores of 3 days, from 0 to 100: first 90.0 on 20 Feb, lowest 40.0 on 21 Feb,"
                + " highest 90.0 on 20 Feb, last 55.0 on 22 Feb. Tier changes are listed below.");
    assertThat(chart(List.of(), Double.NaN).words()).isEqualTo("Scores of 1 day: none.");
  }
}
