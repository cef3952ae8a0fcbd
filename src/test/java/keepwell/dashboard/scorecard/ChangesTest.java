package keepwell.dashboard.scorecard;

import static keepwell.dashboard.scorecard.Documents.ADJUSTMENTS;
import static keepwell.dashboard.scorecard.Documents.CATEGORIES;
import static keepwell.dashboard.scorecard.Documents.TIERS;
import static keepwell.dashboard.scorecard.Documents.one;
import static keepwell.dashboard.scorecard.Documents.read;
import static keepwell.dashboard.scorecard.Documents.usual;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import keepwell.health.Scorecards;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ChangesTest {
  private static List<String> told(Scorecards before, Scorecards now) {
    return Changes.of(before, now).stream().map(Change::sentence).toList();
  }

  private static List<String> told(Scorecards now) {
    return told(usual(), now);
  }

  @Test
  void the_same_document_differs_in_nothing() {
    assertThat(told(usual())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'weight': 40 | 'weight': 35 | Product usage: weight 35 instead of 40",
        "'points': 30 | 'points': 12.5 | Active users: points 12.5 instead of 30",
        "[0.8, 100] | [0.7, 100] | Active users: full score at 0.7 instead of 0.8",
        "[5, 60] | [6, 60] | Feature breadth: score of 60 at 6 instead of 5",
        "[5, 60] | [5, 70] | Feature breadth: score at 5 70 instead of 60",
        "'name': 'Tickets' | 'name': 'Calls' | Calls: name Calls instead of Tickets",
        "'missing': 100 | 'missing': 50 | Tickets: without data it scores 50 instead of scores 100",
        "'missing': 100, | '' | Tickets: without data it is left out instead of scores 100",
        "'points': 10 | 'points': 10, 'actionable': false | Feature breadth: never proposed as an action instead of proposed as an action",
        "'feature', 'window': 'P28D' | 'feature', 'window': 'P91D' | Feature breadth: window 91 days instead of 28 days",
        "'signal': 'seats' | 'signal': 'seats', 'window': 'P7D' | Active users: window of seats 7 days instead of all days",
        "'of': 'items' | 'of': 'count' | Feature breadth: measures number of feature in 28 days instead of distinct items with feature in 28 days"
      },
      quoteCharacter = '`')
  void a_change_of_a_metric_or_category_is_told_in_words(String was, String now, String sentence) {
    String changed = CATEGORIES.replaceFirst(Pattern.quote(was), now.equals("''") ? "" : now);
    assertThat(told(one("", TIERS, changed, ADJUSTMENTS))).containsExactly(sentence);
  }

  @Test
  void curves_that_differ_in_much_are_told_as_a_whole() {
    String changed = CATEGORIES.replace("[[0, 0], [0.8, 100]]", "[[0, 10], [0.5, 50], [1, 90]]");
    assertThat(told(one("", TIERS, changed, ADJUSTMENTS)))
        .containsExactly(
            "Active users: scored so: (0 and less scores 10, 0.5 scores 50, 1 and more scores 90)"
                + " instead of (0 and less scores 0, 0.8 and more scores 100)");
  }

  @Test
  void steps_instead_of_a_curve_are_told() {
    String changed = CATEGORIES.replace("'steps'", "'curve'");
    assertThat(told(one("", TIERS, changed, ADJUSTMENTS)))
        .singleElement()
        .asString()
        .startsWith("Tickets: scored so: (0 and less scores 100, 3 scores 50");
  }

  @Test
  void what_is_added_removed_and_moved_is_told() {
    String changed =
        """
        [{'key': 'usage', 'name': 'Product usage', 'weight': 40, 'metrics': [
           {'key': 'tickets', 'name': 'Tickets', 'points': 1, 'missing': 100,
            'measure': {'of': 'count', 'signal': 'ticket', 'window': 'P28D'},
            'steps': [[0, 100], [3, 50], [6, 0]]}]},
         {'key': 'money', 'name': 'Money', 'weight': 7, 'metrics': [
           {'key': 'arr', 'name': 'Contract', 'points': 2,
            'measure': {'of': 'latest', 'signal': 'arr'}, 'curve': [[0, 0], [9, 100]]}]}]""";
    assertThat(told(one("", TIERS, changed, "[]")))
        .containsExactly(
            "Money: added with weight 7",
            "Support: removed",
            "Tickets: in Product usage instead of Support",
            "Contract: added to Money with 2 points",
            "Active users: removed",
            "Feature breadth: removed",
            "Silent: removed");
  }

  @Test
  void tiers_and_rules_are_told() {
    String tiers =
        "[{'key': 'green', 'name': 'Fine', 'from': 85.5}, {'key': 'orange', 'name': 'Watch', 'from':"
            + " 60}, {'key': 'red', 'name': 'Critical', 'from': 0}]";
    String more =
        "'hysteresis': 2, 'minCoverage': 0.55, 'minAge': 'P14D', 'base': 5, 'when': {'segment':"
            + " ['smb', 'enterprise']}, 'logistic': {'intercept': -4, 'slope': 0.1},";
    assertThat(told(one(more, tiers, CATEGORIES, ADJUSTMENTS)))
        .containsExactly(
            "SaaS: applies to accounts whose segment is enterprise or smb instead of to every"
                + " account",
            "SaaS: a better tier is reached 2 above its line instead of at its line",
            "SaaS: a score needs data for 55% of the weight instead of 0% of the weight",
            "SaaS: a score is given from an age of 14 days on instead of from the first signal on",
            "SaaS: base 5 instead of 0",
            "SaaS: the score is the chance 100 / (1 + e^−(−4 + 0.1 · sum)) instead of the sum, held"
                + " within 0 to 100",
            "Fine: name Fine instead of Healthy",
            "Fine: from 85.5 instead of 80",
            "Watch: added from 60",
            "At risk: removed");
  }

  @Test
  void adjustments_are_told() {
    String changed =
        ADJUSTMENTS.replace("-10", "-5").replace("P14D", "P28D").replace("true", "false");
    assertThat(told(one("", TIERS, CATEGORIES, changed)))
        .containsExactly(
            "Silent: points −5 instead of −10",
            "Silent: given for each login in 28 days instead of once if there is no login in 14"
                + " days, from an age of 14 days on");
  }

  @Test
  void of_several_scorecards_each_thing_is_told_with_its_own_and_their_order() {
    String card =
        "{'key': '%s', 'name': '%s', 'tiers': [{'key': 'all', 'from': 0}], 'adjustments': [{'key':"
            + " 'a', 'name': 'Login', 'signal': 'login', 'points': %d, 'window': 'P7D'}]}";
    String one = card.formatted("one", "One", 1);
    String two = card.formatted("two", "Two", 2);
    assertThat(
            told(
                read("{'scorecards': [%s, %s]}".formatted(one, two)),
                read(
                    "{'scorecards': [%s, %s, %s]}"
                        .formatted(
                            card.formatted("two", "Two", 3), one, card.formatted("x", "New", 1)))))
        .containsExactly(
            "Two, Login: points +3 instead of +2",
            "New: added",
            "Scorecards: in another order, and the first that fits an account is its own");
  }

  @Test
  void a_change_knows_the_place_where_it_is_shown() {
    Change change =
        Changes.of(usual(), one("", TIERS, CATEGORIES.replace("0.8", "0.7"), ADJUSTMENTS)).get(0);
    assertThat(change)
        .isEqualTo(
            new Change("saas/metric/active-users", "Active users", "full score at", "0.7", "0.8"));
  }
}
