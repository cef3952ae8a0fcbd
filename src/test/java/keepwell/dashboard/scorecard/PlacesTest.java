package keepwell.dashboard.scorecard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import keepwell.health.Fault;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PlacesTest {
  private static final Object DOCUMENT =
      Documents.parsed(
          "{'scorecards': [{'key': 'saas', 'name': 'SaaS', 'tiers': [{'key': 'green'}],"
              + " 'categories': [{'key': 'usage', 'name': 'Usage', 'metrics': [{'key': 'users',"
              + " 'name': 'Active users', 'curve': [[0, 0], [1]]}, 7]}]}]}");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "scorecards[0].categories[0].metrics[0].curve[1][0] | Active users, curve, point 2, x",
        "scorecards[0].categories[0].metrics[0].curve[1][1] | Active users, curve, point 2, score",
        "scorecards[0].categories[0].metrics[0].steps[0] | Active users, steps, point 1",
        "scorecards[0].categories[0].metrics[0].measure.per | Active users, measure per",
        "scorecards[0].categories[0].metrics[0] | Active users",
        "scorecards[0].categories[0].metrics[1].points | Usage, metrics[1] points",
        "scorecards[0].categories[0].weight | Usage, weight",
        "scorecards[0].tiers[0].from | green, from",
        "scorecards[0].minAge | SaaS, minAge",
        "scorecards[7].tiers | scorecards[7] tiers",
        "document | document"
      })
  void a_path_is_told_by_the_innermost_name_on_it(String path, String words) {
    assertThat(Places.words(DOCUMENT, path)).isEqualTo(words);
  }

  @Test
  void faults_are_counted_and_the_first_fifty_told() {
    Faulty one = Faulty.of(DOCUMENT, List.of(new Fault("scorecards[0].minAge", "is odd")));
    assertThat(one.says()).isEqualTo("The draft has a fault");
    assertThat(one.faults())
        .containsExactly(new Faulty.Told("scorecards[0].minAge", "SaaS, minAge", "is odd"));
    Faulty many = Faulty.of(Map.of(), Collections.nCopies(51, new Fault("document", "is odd")));
    assertThat(many.says()).isEqualTo("The draft has 51 faults");
    assertThat(many.faults()).hasSize(50);
  }
}
