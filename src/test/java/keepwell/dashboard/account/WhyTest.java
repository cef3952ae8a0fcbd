package keepwell.dashboard.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import keepwell.health.Standing;
import keepwell.health.Standing.AdjustmentScore;
import keepwell.health.Standing.CategoryScore;
import keepwell.health.Standing.MetricScore;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Where the points of a score come from. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class WhyTest {
  private static MetricScore metric(String key, double kept, double lost) {
    return new MetricScore(
        key,
        key,
        1,
        OptionalDouble.of(3),
        OptionalDouble.of(100 * kept / (kept + lost)),
        OptionalDouble.of(kept),
        OptionalDouble.of(lost));
  }

  private static Standing standing(double score, double raw) {
    return new Standing(
        "acme",
        Map.of(),
        OptionalDouble.of(score),
        OptionalDouble.of(raw),
        Optional.of("red"),
        Optional.empty(),
        Optional.empty(),
        20_000,
        1,
        Optional.of("card"),
        1,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        List.of(
            new CategoryScore(
                "use",
                "Use",
                1,
                OptionalDouble.of(61),
                List.of(metric("logins", 30.04, 9.96), metric("features", 26.54, 33.46)))),
        List.of(new AdjustmentScore("escalated", "Escalated", -5, 1, -5)),
        List.of(new Standing.Action("features", true, 33.46)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void all_lines_add_up_to_the_score() {
    Why why = Why.of(standing(45, 51.58), Sources.NONE);
    double sum =
        why.groups().stream()
            .flatMap(group -> group.lines().stream())
            .mapToDouble(line -> Double.parseDouble(line.points().replace('−', '-')))
            .sum();
    assertThat(why.score()).isEqualTo("45.0");
    assertThat(Math.round(sum * 10)).isEqualTo(450);
    assertThat(why.groups().get(1).lines())
        .extracting(Why.Line::name)
        .containsExactly("Escalated", "Override");
  }

  @Test
  void a_category_says_what_its_metrics_give_and_lose_together() {
    Why.Group use = Why.of(standing(51.58, 51.58), Sources.NONE).groups().get(0);
    assertThat(use.points()).isEqualTo("56.6");
    assertThat(use.lost()).isEqualTo("−43.4");
    assertThat(use.lines()).extracting(Why.Line::rank).containsExactly("", "1");
  }

  @Test
  void bars_share_one_scale() {
    Why why = Why.of(standing(51.58, 51.58), Sources.NONE);
    Why.Bar features = why.groups().get(0).lines().get(1).bar();
    assertThat(features.kept() + features.lost()).isEqualTo(100);
    assertThat(features.words()).isEqualTo("26.5 points kept, 33.5 lost");
    assertThat(why.groups().get(1).lines().get(0).bar().words()).isEqualTo("−5.0 points");
  }
}
