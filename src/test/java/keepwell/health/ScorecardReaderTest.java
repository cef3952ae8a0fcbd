package keepwell.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ScorecardReaderTest {
  private static final String FAULTLESS =
      """
      {"version": 7, "scorecards": [{"key": "a", "name": "A", "when": {"segment": ["smb"]},
        "tiers": [{"key": "green", "from": 80}, {"key": "red", "from": 0}],
        "hysteresis": 2, "minCoverage": 0.5, "minAge": "P14D", "base": 5,
        "logistic": {"intercept": -3, "slope": 0.1},
        "categories": [{"key": "c", "weight": 1, "metrics": [
          {"key": "m", "points": 1, "actionable": true, "missing": 50,
           "measure": {"of": "count", "signal": "login", "window": "P7D",
                       "per": {"of": "latest", "signal": "seats"}},
           "curve": [[0, 0], [1, 100]], "transform": "log1p"}]}],
        "adjustments": [
          {"key": "x", "signal": "login", "points": -1, "cap": 3, "window": "P7D"}]}]}
      """;

  private static List<String> faults(String json) {
    Set<Fault> faults = new LinkedHashSet<>();
    ScorecardReader.read(Cases.tree(json), 1, Instant.EPOCH, faults);
    return faults.stream().map(fault -> fault.path() + " " + fault.problem()).toList();
  }

  @Test
  void a_faultless_document_has_no_fault() {
    assertThat(faults(FAULTLESS)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      value = {
        // what stands there | what stands instead | the fault
        "\"key\": \"a\", | | scorecards[0].key is missing",
        "\"name\": \"A\" | \"nmae\": \"A\" | scorecards[0].nmae is an unknown field",
        "\"name\": \"A\" | \"name\": 5 | scorecards[0].name is not a text",
        "\"segment\": [ | \"\": [ | scorecards[0].when has a label that is empty",
        "[\"smb\"] | [] | scorecards[0].when.segment is empty",
        "[\"smb\"] | [7] | scorecards[0].when.segment[0] is not a text",
        "\"from\": 80 | \"from\": 0 | scorecards[0].tiers[1].from is not below the tier before it",
        "\"from\": 80 | \"from\": 101 | scorecards[0].tiers[0].from is not from 0 to 100",
        "\"from\": 0 | \"from\": 1 | scorecards[0].tiers[1].from is not 0, though it is the last tier",
        "\"key\": \"red\" | \"key\": \"green\" | scorecards[0].tiers[1].key is not unique",
        "\"hysteresis\": 2 | \"hysteresis\": -2 | scorecards[0].hysteresis is not from 0 to 100",
        "\"minCoverage\": 0.5 | \"minCoverage\": 50 | scorecards[0].minCoverage is not from 0 to 1",
        "\"minAge\": \"P14D\" | \"minAge\": \"2W\" | scorecards[0].minAge is not a number of days such as P28D",
        "\"base\": 5 | \"base\": \"5\" | scorecards[0].base is not a number",
        "\"slope\": 0.1 | \"slope\": 0 | scorecards[0].logistic.slope is not more than 0",
        "\"slope\": 0.1 | \"slop\": 1 | scorecards[0].logistic.slop is an unknown field",
        ", \"slope\": 0.1 | | scorecards[0].logistic.slope is missing",
        "-3 | \"-3\" | scorecards[0].logistic.intercept is not a number",
        "-3 | -1e7 | scorecards[0].logistic.intercept is not from -1000000 to 1000000",
        "{\"intercept\": -3, \"slope\": 0.1} | 7 | scorecards[0].logistic is not an object",
        "\"weight\": 1 | \"weight\": -1 | scorecards[0].categories[0].weight is not from 0 to 1000000000000000",
        "\"weight\": 1 | \"weight\": 0 | scorecards[0].categories have weights that add up to 0",
        "\"points\": 1, | \"points\": 0, | scorecards[0].categories[0].metrics have points that add up to 0",
        "\"actionable\": true | \"actionable\": 1 | scorecards[0].categories[0].metrics[0].actionable is neither true nor false",
        "\"missing\": 50 | \"missing\": 101 | scorecards[0].categories[0].metrics[0].missing is not from 0 to 100",
        "\"of\": \"count\" | \"of\": \"median\" | scorecards[0].categories[0].metrics[0].measure.of is not one of count, sum, users, items, days, user-days, mean, latest, days-since, days-until, trend, shift, change",
        "\"of\": \"count\" | \"of\": \"trend\" | ",
        "P7D\",§ | P366D\",§ | scorecards[0].categories[0].metrics[0].measure.window is not from P1D to P365D",
        ", \"window\": \"P7D\",§ | , | scorecards[0].categories[0].metrics[0].measure.window is missing",
        "\"signal\": \"seats\" | \"signal\": \"seats\", \"per\": {\"of\": \"latest\", \"signal\": \"x\"} | scorecards[0].categories[0].metrics[0].measure.per.per is inside another per",
        "\"of\": \"latest\", \"signal\": \"seats\" | \"of\": \"sum\", \"signal\": \"seats\" | scorecards[0].categories[0].metrics[0].measure.per.window is missing",
        "[[0, 0], [1, 100]] | [[1, 0], [1, 100]] | scorecards[0].categories[0].metrics[0].curve[1][0] is not above the one before it",
        "[[0, 0], [1, 100]] | [[1, 0]] | scorecards[0].categories[0].metrics[0].curve has only one point",
        "[[0, 0], [1, 100]] | [] | scorecards[0].categories[0].metrics[0].curve is empty",
        "[[0, 0], [1, 100]] | [[0, 0], [1, 101]] | scorecards[0].categories[0].metrics[0].curve[1][1] is not from 0 to 100",
        "[[0, 0], [1, 100]] | [[0, 0], [1]] | scorecards[0].categories[0].metrics[0].curve[1] is not a pair of numbers",
        "\"curve\" | \"steps\": [[0, 0]], \"curve\" | scorecards[0].categories[0].metrics[0] has both curve and steps",
        "\"curve\": [[0, 0], [1, 100]], | | scorecards[0].categories[0].metrics[0] has neither curve nor steps",
        "\"log1p\" | \"log\" | scorecards[0].categories[0].metrics[0].transform is not one of log1p",
        "\"cap\": 3 | \"cap\": -3 | scorecards[0].adjustments[0].cap is not from 0 to 1000000000000000",
        "\"cap\": 3, \"window\": \"P7D\" | \"cap\": 3 | scorecards[0].adjustments[0].window is missing",
        "\"cap\": 3 | \"absent\": \"no\" | scorecards[0].adjustments[0].absent is neither true nor false",
      })
  void every_fault_is_named_by_its_path(String there, String instead, String fault) {
    String faulty =
        FAULTLESS.replaceFirst(
            java.util.regex.Pattern.quote(there.replace("§", "")),
            java.util.regex.Matcher.quoteReplacement(
                instead == null ? "" : instead.replace("§", "")));
    assertThat(faulty).isNotEqualTo(FAULTLESS);
    if (fault == null) {
      assertThat(faults(faulty)).isEmpty();
    } else {
      assertThat(faults(faulty)).contains(fault);
    }
  }

  @Test
  void all_faults_are_found_at_once() {
    assertThat(
            faults(
                """
                {"scorecards": [{"key": "", "tiers": "none", "categories": [7], "extra": null},
                                {"tiers": [], "adjustments": [{}]}], "more": 1}
                """))
        .containsExactlyInAnyOrder(
            "more is an unknown field",
            "scorecards[0].extra is an unknown field",
            "scorecards[0].key is empty",
            "scorecards[0].tiers is not an array",
            "scorecards[0].categories[0] is not an object",
            "scorecards[0].categories[0].key is missing",
            "scorecards[0].categories[0].weight is missing",
            "scorecards[0].categories[0].metrics is missing",
            "scorecards[0].categories have weights that add up to 0",
            "scorecards[1].key is missing",
            "scorecards[1].tiers is empty",
            "scorecards[1].adjustments[0].key is missing",
            "scorecards[1].adjustments[0].signal is missing",
            "scorecards[1].adjustments[0].points is missing",
            "scorecards[1].adjustments[0].window is missing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[] | document is not an object",
        "null | document is missing",
        "{} | scorecards is missing",
        "{\"scorecards\": []} | scorecards is empty",
        "{\"scorecards\": [{\"key\": \"a\"}]} | scorecards[0] has neither categories nor adjustments",
      })
  void a_document_that_is_none_is_faulty(String json, String fault) {
    assertThat(faults(json)).contains(fault);
  }

  static List<Path> shipped() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("conf/scorecards"))) {
      return files.filter(path -> path.toString().endsWith(".json")).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void every_scorecard_that_is_shipped_is_faultless_and_its_signals_are_described(Path path)
      throws IOException {
    String json = Files.readString(path);
    assertThat(faults(json)).isEmpty();
    String described = Files.readString(Path.of("conf/scorecards/README.md"));
    Scorecard scorecard = Cases.scorecards(Cases.tree(json)).scorecards().get(0);
    assertThat(path).hasFileName(scorecard.key() + ".json");
    assertThat(described).contains("`" + scorecard.key() + "`");
    assertThat(scorecard.minCoverage()).isEqualTo(0.5);
    assertThat(scorecard.minAgeDays()).isEqualTo(scorecard.key().equals("starter") ? 0 : 14);
    for (Category category : scorecard.categories()) {
      for (Metric metric : category.metrics()) {
        assertThat(metric.measure().windowDays() % 7).isZero();
        assertThat(described).contains("`" + metric.measure().signal() + "`");
      }
    }
    for (Adjustment adjustment : scorecard.adjustments()) {
      assertThat(adjustment.windowDays() % 7).isZero();
      assertThat(described).contains("`" + adjustment.signal() + "`");
    }
  }

  @Test
  void seven_scorecards_are_shipped() throws IOException {
    assertThat(shipped())
        .extracting(path -> path.getFileName().toString())
        .containsExactlyInAnyOrder(
            "starter.json",
            "b2b-saas.json",
            "six-signals.json",
            "agency.json",
            "membership.json",
            "project-tool.json",
            "online-school.json");
  }
}
