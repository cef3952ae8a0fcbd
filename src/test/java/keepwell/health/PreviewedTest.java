package keepwell.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import keepwell.health.Previewed.Outcome;
import keepwell.health.Previewed.Pair;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** How an account would stand by drafts of scorecards. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PreviewedTest extends AccountStory {
  private static final String NOW = "2026-03-01T12:00:00Z";
  private static final double ANY = Double.MIN_VALUE;

  @BeforeEach
  void an_account_with_nine_logins_and_two_smiles() {
    label("smb", "2026-03-01T08:00:00Z");
    signals("login", 9, "2026-03-01T09:00:00Z", "2026-03-01T09:00:00Z");
    signals("smile", 2, "2026-03-01T09:00:00Z", "2026-03-01T09:00:00Z");
  }

  private static Scorecards draft(int points) {
    return Cases.scorecards(Cases.tree(LOGINS.formatted(0, "smb", points)));
  }

  private Previewed previewed(String now, List<Double> leasts, Scorecards... by) {
    Account before = account;
    happened(Inquiry.preview(account, List.of(by), leasts, Moments.at(now, versions)));
    assertThat(stored).isZero();
    assertThat(account).isSameAs(before);
    return (Previewed) answer;
  }

  private static Outcome stands(double score, String tier) {
    return new Outcome(OptionalDouble.of(score), Optional.of(tier));
  }

  @Test
  void it_is_scored_by_each_of_them() {
    Previewed previewed = previewed(NOW, List.of(ANY, ANY, ANY), versions[0], draft(6), draft(1));
    assertThat(previewed.account()).isEqualTo("a");
    assertThat(previewed.outcomes())
        .containsExactly(stands(92, "green"), stands(56, "yellow"), stands(11, "red"));
  }

  @Test
  void it_has_the_name_that_people_gave_it_or_its_id() {
    assertThat(previewed(NOW, List.of(ANY), versions[0], draft(6)).name()).isEqualTo("a");
    happened(
        Decider.label(
            account, "a", Map.of("name", Optional.of("Acme")), Moments.at(NOW, versions)));
    assertThat(previewed(NOW, List.of(ANY), versions[0], draft(6)).name()).isEqualTo("Acme");
  }

  @Test
  void every_two_of_them_are_a_pair() {
    assertThat(Previewed.pairs(2)).containsExactly(new Pair(0, 1));
    assertThat(Previewed.pairs(3)).containsExactly(new Pair(0, 1), new Pair(0, 2), new Pair(1, 2));
  }

  @Test
  void of_each_pair_it_tells_what_moved_it_most_first() {
    List<List<Mover>> movers =
        previewed(NOW, List.of(ANY, ANY, ANY), versions[0], draft(6), draft(1)).movers();
    assertThat(movers)
        .containsExactly(
            List.of(new Mover("login", false, "login", -36)),
            List.of(new Mover("login", false, "login", -81)),
            List.of(new Mover("login", false, "login", -45)));
  }

  @Test
  void what_one_of_them_does_not_have_moves_by_all_that_it_gives() {
    Scorecards without =
        Cases.scorecards(
            Cases.tree(
                """
                {"scorecards": [{"key": "smiles", "tiers": [{"key": "red", "from": 0}],
                  "base": 40, "adjustments": [
                  {"key": "smile", "signal": "smile", "points": 5, "window": "P1D"}]}]}
                """));
    Previewed previewed = previewed(NOW, List.of(ANY), versions[0], without);
    assertThat(previewed.outcomes().get(1)).isEqualTo(stands(50, "red"));
    assertThat(previewed.movers().get(0))
        .containsExactly(
            new Mover("login", false, "login", -90),
            new Mover("base", false, "base", 40),
            new Mover("smile", false, "smile", 8));
  }

  @Test
  void where_it_differs_too_little_to_be_told_of_nothing_is_explained() {
    assertThat(previewed(NOW, List.of(36.5), versions[0], draft(6)).movers())
        .containsExactly(List.of());
    assertThat(previewed(NOW, List.of(36.0), versions[0], draft(6)).movers().get(0)).hasSize(1);
  }

  /** The tier that it would settle in may be another one, until a day is over. */
  @Test
  void it_has_the_tier_of_its_band_whatever_the_hysteresis() {
    Scorecards sluggish = Cases.scorecards(Cases.tree(LOGINS.formatted(20, "smb", 10)));
    assertThat(previewed(NOW, List.of(ANY), draft(6), sluggish).outcomes())
        .containsExactly(stands(56, "yellow"), stands(92, "green"));
  }

  @Test
  void what_has_left_the_windows_by_today_is_gone_though_nobody_has_settled_that() {
    assertThat(previewed("2026-03-02T12:00:00Z", List.of(ANY), versions[0], draft(6)).outcomes())
        .containsExactly(stands(90, "green"), stands(54, "yellow"));
    assertThat(previewed("2026-03-20T12:00:00Z", List.of(ANY), versions[0], draft(6)).outcomes())
        .containsExactly(stands(0, "red"), stands(0, "red"));
  }

  @Test
  void an_override_holds_by_every_scorecard() {
    override(60.0, 20.0, "2026-03-31", NOW);
    assertThat(previewed(NOW, List.of(ANY), versions[0], draft(1)).outcomes())
        .containsExactly(stands(60, "yellow"), stands(20, "red"));
  }

  @Test
  void where_no_scorecard_fits_it_has_neither_score_nor_tier_and_nothing_moves_it() {
    Scorecards others =
        Cases.scorecards(
            Cases.tree(
                """
                {"scorecards": [{"key": "public", "when": {"segment": ["public"]},
                  "tiers": [{"key": "red", "from": 0}], "adjustments": [
                  {"key": "login", "signal": "login", "points": 5, "window": "P1D"}]}]}
                """));
    Previewed previewed = previewed(NOW, List.of(ANY), versions[0], others);
    assertThat(previewed.outcomes().get(1))
        .isEqualTo(new Outcome(OptionalDouble.empty(), Optional.empty()));
    assertThat(previewed.movers()).containsExactly(List.of());
  }

  @Test
  void a_closed_account_does_not_count_until_it_is_reopened() {
    closed(true, NOW);
    assertThat(previewed(NOW, List.of(ANY), versions[0], draft(6)).outcomes()).isEmpty();
    closed(false, NOW);
    assertThat(previewed(NOW, List.of(ANY), versions[0], draft(6)).outcomes()).hasSize(2);
  }

  @Test
  void an_erased_account_does_not_count_and_says_nothing_of_what_it_was() {
    happened(Decider.erase(account, Moments.at(NOW, versions)));
    assertThat(previewed(NOW, List.of(ANY), versions[0], draft(6)))
        .isEqualTo(new Previewed("", "", List.of(), List.of()));
  }

  /** Where nothing is held within 0 and 100, and there are no more than three of them. */
  @Test
  void the_movers_add_up_to_the_difference() {
    Scorecards shares =
        Cases.scorecards(
            Cases.tree(
                """
                {"scorecards": [{"key": "shares", "tiers": [{"key": "red", "from": 0}],
                  "categories": [{"key": "use", "weight": 3, "metrics": [
                    {"key": "logins", "points": 2, "curve": [[0, 0], [12, 100]],
                     "measure": {"of": "count", "signal": "login", "window": "P7D"}},
                    {"key": "nobody", "points": 1, "curve": [[0, 0], [12, 100]],
                     "measure": {"of": "count", "signal": "never", "window": "P7D"}}]},
                   {"key": "mood", "weight": 1, "metrics": [
                    {"key": "smiles", "points": 1, "curve": [[0, 0], [3, 100]],
                     "measure": {"of": "count", "signal": "smile", "window": "P7D"}}]}]}]}
                """));
    Previewed previewed = previewed(NOW, List.of(ANY), draft(1), shares);
    double before = previewed.outcomes().get(0).score().getAsDouble();
    double after = previewed.outcomes().get(1).score().getAsDouble();
    List<Mover> movers = previewed.movers().get(0);
    assertThat(movers).extracting(Mover::key).containsExactly("logins", "smiles", "login");
    assertThat(movers.stream().mapToDouble(Mover::points).sum() - 2)
        .isCloseTo(after - before, within(1e-4)); // without the fourth: 2 smiles less
  }
}
