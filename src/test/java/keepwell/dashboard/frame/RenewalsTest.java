package keepwell.dashboard.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import keepwell.dashboard.frame.Renewals.Cell;
import keepwell.dashboard.frame.Renewals.Row;
import keepwell.portfolio.Overview.Renewal;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RenewalsTest {
  private static Renewals of(Renewal... renewals) {
    return Renewals.of(
        Groups.of(List.of(renewals)),
        Groups.TIERS,
        new Selection(Map.of("owner", "Dana Kim", "cursor", "x")));
  }

  @Test
  void what_the_worst_tier_renews_is_said_first_and_leads_to_the_list() {
    Renewals renewals =
        of(
            new Renewal(90, Groups.band("green", 3, 30_000)),
            new Renewal(90, Groups.band("red", 2, 10_000)),
            new Renewal(60, Groups.band("red", 1, 4000)));
    assertThat(renewals.sentence())
        .isEqualTo("2 Critical accounts worth 10k a year renew within 90 days.");
    assertThat(renewals.list())
        .isEqualTo("/?owner=Dana%20Kim&renewingWithin=P90D&tier=red#accounts");
    assertThat(renewals.rows()).extracting(Row::withinDays).containsExactly(30, 60, 90);
    List<Cell> within90 = renewals.rows().get(2).cells();
    assertThat(within90).extracting(Cell::figure).containsExactly("30k", "0", "10k");
    assertThat(within90).extracting(Cell::accounts).containsExactly("3", "0", "2");
    assertThat(within90).extracting(Cell::from).containsExactly(0.0, 75.0, 75.0);
    assertThat(within90).extracting(Cell::width).containsExactly(75.0, 0.0, 25.0);
    List<Cell> within60 = renewals.rows().get(1).cells();
    assertThat(within60.get(0).list()).isEmpty(); // there is none
    assertThat(within60.get(2).list()).contains("renewingWithin=P60D&tier=red");
    assertThat(within60.get(2).width()).isEqualTo(10.0);
    assertThat(renewals.rows().get(0).words()).isEqualTo("Healthy 0, At risk 0, Critical 0");
  }

  @Test
  void where_nobody_knows_what_accounts_are_worth_they_are_counted() {
    Renewals renewals = of(new Renewal(90, Groups.band("red", 1, 0)));
    assertThat(renewals.worth()).isFalse();
    assertThat(renewals.sentence()).isEqualTo("1 Critical account renews within 90 days.");
    assertThat(renewals.rows().get(2).cells())
        .extracting(Cell::figure)
        .containsExactly("0", "0", "1");
    assertThat(renewals.rows().get(2).cells()).extracting(Cell::accounts).containsOnly("");
  }

  @Test
  void what_is_worth_less_than_nothing_has_no_part_in_the_bar() {
    Renewals renewals =
        of(
            new Renewal(90, Groups.band("green", 3, -30_000)),
            new Renewal(90, Groups.band("red", 2, 10_000)),
            new Renewal(30, Groups.band("green", 3, -30_000)));
    List<Cell> within90 = renewals.rows().get(2).cells();
    assertThat(within90).extracting(Cell::width).containsExactly(0.0, 0.0, 100.0);
    assertThat(within90).extracting(Cell::figure).containsExactly("−30k", "0", "10k");
    assertThat(of(new Renewal(90, Groups.band("red", 1, -5))).rows().get(2).cells())
        .extracting(Cell::width)
        .containsOnly(0.0);
  }

  @Test
  void what_has_no_score_is_counted_too_but_has_no_list() {
    Renewals renewals = of(new Renewal(90, Groups.band("", 2, 0)));
    assertThat(renewals.sentence()).isEqualTo("No Critical account renews within 90 days.");
    assertThat(renewals.list()).isEmpty();
    Cell none = renewals.rows().get(2).cells().get(3);
    assertThat(none.figure()).isEqualTo("2");
    assertThat(none.list()).isEmpty();
  }

  @Test
  void without_renewals_there_is_no_table() {
    assertThat(of().sentence()).isEqualTo("No renewal is known within 90 days.");
    assertThat(of().rows()).isEmpty();
  }
}
