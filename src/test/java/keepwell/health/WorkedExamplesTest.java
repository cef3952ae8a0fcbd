package keepwell.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import keepwell.health.Standing.AdjustmentScore;
import keepwell.health.Standing.CategoryScore;
import keepwell.health.Standing.MetricScore;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Scores worked by hand. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class WorkedExamplesTest {
  private static final Offset<Double> CLOSE = within(1e-4);

  @TestFactory
  Stream<DynamicTest> every_case_has_the_score_that_was_worked_out_by_hand() {
    JsonNode examples = Cases.workedExamples();
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode example : examples.get("cases")) {
      ObjectNode scorecard =
          examples.get("scorecards").get(example.get("scorecard").asText()).deepCopy();
      if (example.has("scorecardWith")) {
        scorecard.setAll((ObjectNode) example.get("scorecardWith"));
      }
      tests.add(
          dynamicTest(example.get("name").asText(), () -> check(example, scorecard.toString())));
    }
    assertThat(tests).hasSizeGreaterThan(20);
    return tests.stream();
  }

  private static void check(JsonNode example, String scorecardJson) {
    Scorecard scorecard = Cases.scorecard(Cases.tree(scorecardJson));
    List<Signal> signals = new ArrayList<>();
    example.get("signals").forEach(signal -> signals.add(signal(signal)));
    Facts facts = Cases.facts(signals);
    Evaluation evaluation =
        Evaluation.of(scorecard, facts, Cases.day(example.get("asOf").asText()));

    same(example.get("score"), Evaluation.number(evaluation.score()));
    assertThat(scorecard.band(evaluation.score())).isEqualTo(example.get("tier").textValue());
    assertThat(evaluation.coverage()).isEqualTo(example.get("coverage").asDouble(), CLOSE);
    List<CategoryScore> categories = Explanation.categories(evaluation);
    for (CategoryScore category : categories) {
      same(example.get("categories").get(category.key()), category.score());
      for (MetricScore metric : category.metrics()) {
        JsonNode worked = example.get("metrics").get(metric.key());
        same(worked.get("value"), metric.value());
        same(worked.get("score"), metric.score());
      }
    }
    assertThat(categories).hasSize(example.get("categories").size());
    for (AdjustmentScore adjustment : Explanation.adjustments(evaluation, facts)) {
      assertThat(adjustment.contribution())
          .isEqualTo(example.get("adjustments").get(adjustment.key()).asDouble(), CLOSE);
    }
  }

  private static Signal signal(JsonNode json) {
    JsonNode value = json.get("value");
    return new Signal(
        json.get("signal").asText(),
        value.isTextual() ? Cases.day(value.asText()) : value.asDouble(),
        Instant.parse(json.get("at").asText()),
        Cases.hash(json.path("user").textValue()),
        Cases.hash(json.path("item").textValue()),
        0);
  }

  private static void same(JsonNode worked, OptionalDouble computed) {
    if (worked.isNull()) {
      assertThat(computed).isEmpty();
    } else {
      assertThat(computed.orElse(Double.NaN)).isEqualTo(worked.asDouble(), CLOSE);
    }
  }
}
