package keepwell.dashboard.scorecard;

import static keepwell.dashboard.scorecard.Documents.ADJUSTMENTS;
import static keepwell.dashboard.scorecard.Documents.CATEGORIES;
import static keepwell.dashboard.scorecard.Documents.TIERS;
import static keepwell.dashboard.scorecard.Documents.one;
import static keepwell.dashboard.scorecard.Documents.usual;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import keepwell.dashboard.scorecard.Ladder.Rung;
import keepwell.dashboard.scorecard.Reading.Amount;
import keepwell.dashboard.scorecard.Reading.Card;
import keepwell.dashboard.scorecard.Reading.Group;
import keepwell.dashboard.scorecard.Reading.Line;
import keepwell.health.Scorecards;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ReadingTest {
  private static final Set<String> SEEN = Set.of("login", "seats", "feature");

  private static Card card(Scorecards now, Optional<Scorecards> before) {
    return Reading.of(now, before, SEEN).cards().get(0);
  }

  @Test
  void what_nobody_sends_is_named() {
    assertThat(Reading.of(usual(), Optional.empty(), SEEN).never()).containsExactly("ticket");
  }

  @Test
  void each_part_has_its_path_in_the_document() {
    Card card = card(usual(), Optional.empty());
    assertThat(card.path()).isEqualTo("scorecards[0]");
    assertThat(card.groups().get(1).metrics().get(0).path())
        .isEqualTo("scorecards[0].categories[1].metrics[0]");
    assertThat(card.adjustments().get(0).path()).isEqualTo("scorecards[0].adjustments[0]");
    assertThat(card.ladder().rungs().get(2).path()).isEqualTo("scorecards[0].tiers[2]");
  }

  @Test
  void tiers_are_a_ladder_from_0_to_100() {
    Ladder ladder = card(usual(), Optional.empty()).ladder();
    assertThat(ladder.words()).isEqualTo("Healthy from 80, At risk from 50, Critical from 0");
    assertThat(ladder.rungs())
        .extracting(Rung::span)
        .containsExactly("80 to 100", "50 to below 80", "0 to below 50");
    assertThat(ladder.rungs()).extracting(Rung::width).containsExactly(20.0, 30.0, 50.0);
  }

  @Test
  void weights_are_shares_of_the_score() {
    Group usage = card(usual(), Optional.empty()).groups().get(0);
    assertThat(usage.share()).isBetween(66.6, 66.7);
    assertThat(usage.percent()).isEqualTo("66.7%");
    assertThat(usage.wasShare()).isNegative();
    assertThat(usage.weight()).isEqualTo(new Amount("40", ""));
  }

  @Test
  void what_differs_is_shown_in_its_place() {
    Scorecards now =
        one(
            "",
            TIERS.replace("50", "55"),
            CATEGORIES.replace("'weight': 40", "'weight': 30").replace("0.8", "0.7"),
            ADJUSTMENTS);
    Card card = card(now, Optional.of(usual()));
    Group usage = card.groups().get(0);
    assertThat(usage.weight()).isEqualTo(new Amount("30", "40"));
    assertThat(usage.wasShare()).isBetween(66.6, 66.7);
    Line users = usage.metrics().get(0);
    assertThat(users.isChanged()).isTrue();
    assertThat(users.changes())
        .singleElement()
        .extracting(Change::told)
        .isEqualTo("full score at 0.7 instead of 0.8");
    assertThat(users.curve().was()).isNotEmpty();
    assertThat(usage.metrics().get(1).isChanged()).isFalse();
    assertThat(card.ladder().rungs().get(1).was()).isEqualTo("50");
  }

  @Test
  void what_is_new_or_gone_is_said() {
    Scorecards less = one("", TIERS, CATEGORIES, "[]");
    assertThat(card(less, Optional.of(usual())).gone()).containsExactly("Silent");
    assertThat(card(usual(), Optional.of(less)).adjustments().get(0).added()).isTrue();
    assertThat(card(usual(), Optional.empty()).adjustments().get(0).added()).isFalse();
  }

  @Test
  void what_missing_data_does_is_said_where_it_is_unusual() {
    Line tickets = card(usual(), Optional.empty()).groups().get(1).metrics().get(0);
    assertThat(tickets.words().plain())
        .isEqualTo("Number of ticket in 28 days. Without data it scores 100");
  }

  @Test
  void rules_are_sentences() {
    Scorecards card =
        one(
            "'hysteresis': 2, 'minCoverage': 0.5, 'minAge': 'P14D', 'base': 5, 'logistic':"
                + " {'intercept': 0, 'slope': 0.02},",
            TIERS,
            CATEGORIES,
            ADJUSTMENTS);
    assertThat(card(card, Optional.empty()).rules())
        .containsExactly(
            "Every account begins with 5 points.",
            "A score is given from an age of 14 days on, counted from the first signal.",
            "There is no score without data for 50% of the weight.",
            "Where nothing else is said, a metric without data is left out and the others of its"
                + " category share its points.",
            "A better tier is reached 2 above its line, a worse one at once.",
            "The score is the chance 100 / (1 + e^−(0 + 0.02 · sum)): a sum of 0 scores 50.0, 50"
                + " scores 73.1, and 100 scores 88.1.");
  }
}
