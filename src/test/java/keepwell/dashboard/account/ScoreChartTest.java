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
  void tier_changes_that_are_close_to_each_other_share_a_label() {
    List<TierChanged> changes =
        List.of(
            change("2026-02-21T12:00:00Z", "green", 90),
            change("2026-02-21T13:00:00Z", "red", 40),
            change("2026-03-01T00:00:00Z", "green", 85));
    assertThat(chart(changes, new double[19]).changes())
        .extracting(ScoreChart.Change::label)
        .containsExactly("21 Feb", "", "1 Mar");
    assertThat(chart(changes, new double[19]).changes().get(2).y()).isEqualTo(15);
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
