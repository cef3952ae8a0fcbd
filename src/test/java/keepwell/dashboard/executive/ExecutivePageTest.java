package keepwell.dashboard.executive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import keepwell.dashboard.frame.Tiers;
import keepwell.health.Tier;
import keepwell.portfolio.Overview;
import keepwell.portfolio.Overview.Band;
import keepwell.portfolio.Overview.Day;
import keepwell.portfolio.Overview.Group;
import keepwell.portfolio.Overview.Move;
import keepwell.portfolio.Overview.Renewal;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** All accounts on one page. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ExecutivePageTest {
  private static final int TODAY = (int) LocalDate.parse("2026-03-03").toEpochDay();
  private static final Tiers TIERS =
      Tiers.of(
          List.of(
              new Tier("green", "Healthy", 80),
              new Tier("yellow", "At risk", 50),
              new Tier("red", "Critical", 0)));

  private static Band band(String tier, long accounts, double arr) {
    return new Band(Optional.of(tier).filter(key -> !key.isEmpty()), accounts, arr);
  }

  private static List<Band> bands(long green, long red, double worth) {
    return List.of(band("green", green, green * worth), band("red", red, red * worth));
  }

  private static Group group(List<Band> now, List<Day> days) {
    return new Group("", now, List.of(), days, List.of());
  }

  private static ExecutivePage page(Group all, Group... segments) {
    return ExecutivePage.of(9, new Overview(TODAY, all, List.of(segments), segments.length), TIERS);
  }

  @Test
  void what_matters_most_is_said_first() {
    Group all =
        new Group(
            "",
            bands(90, 10, 1000),
            List.of(new Move("green", "red", 1, 4), new Move("red", "yellow", 0, 1)),
            List.of(new Day(TODAY - 30, bands(93, 7, 1000))),
            List.of(new Renewal(90, band("red", 3, 3000)), new Renewal(30, band("red", 1, 1000))));
    assertThat(page(all).says())
        .containsExactly(
            "100 accounts, 100k ARR.",
            "4 accounts became Critical in 30 days, and 1 left it.",
            "ARR of Critical accounts grew by 3.0k in a month.",
            "3.0k of Critical ARR renews within 90 days.");
    assertThat(page(all).month()).isEqualTo("March 2026");
  }

  @Test
  void where_nothing_is_known_of_worth_accounts_are_told_of() {
    Group all =
        new Group(
            "",
            bands(90, 10, 0),
            List.of(),
            List.of(new Day(TODAY - 2, bands(88, 12, 0))),
            List.of(new Renewal(90, band("red", 1, 0))));
    assertThat(page(all).says())
        .containsExactly(
            "100 accounts.",
            "No account became Critical in 30 days, and none left it.",
            "2 fewer are Critical than on 1 Mar.",
            "1 Critical account renews within 90 days.");
    assertThat(page(all).tiers().worth()).isFalse();
  }

  @Test
  void a_share_is_told_against_a_month_ago() {
    Group all =
        group(
            bands(90, 10, 1000),
            List.of(
                new Day(TODAY - 40, bands(10, 90, 1000)),
                new Day(TODAY - 30, bands(190, 10, 500)),
                new Day(TODAY - 1, bands(91, 9, 1000))));
    Month month = page(all).tiers();
    assertThat(month.since()).isEqualTo("a month ago");
    Month.Part green = month.parts().get(0);
    assertThat(green.points()).isEqualTo("−5.0 pt");
    assertThat(green.arrChange()).isEqualTo("−5.0k");
    Month.Part red = month.parts().get(2);
    assertThat(red.points()).isEqualTo("+5.0 pt");
    assertThat(red.arrChange()).isEqualTo("+5.0k");
    assertThat(red.from() + red.width()).isEqualTo(100);
    assertThat(month.parts().get(1).unchanged()).isTrue();
  }

  @Test
  void a_younger_installation_says_since_when() {
    Month month = page(group(bands(9, 1, 1), List.of(new Day(TODAY - 2, bands(8, 2, 1))))).tiers();
    assertThat(month.since()).isEqualTo("on 1 Mar");
    assertThat(month.against()).isEqualTo("1 Mar");
    assertThat(page(group(bands(9, 1, 1), List.of())).tiers().since()).isEmpty();
    assertThat(page(group(bands(9, 1, 1), List.of())).says()).hasSize(1);
  }

  @Test
  void segments_are_told_by_what_is_not_in_the_best_tier() {
    Group smb =
        new Group(
            "smb",
            List.of(band("green", 6, 600), band("red", 3, 300), band("", 1, 100)),
            List.of(),
            List.of(),
            List.of());
    Group enterprise = new Group("large & co", bands(9, 1, 1000), List.of(), List.of(), List.of());
    ExecutivePage page = page(group(bands(15, 4, 100), List.of()), enterprise, smb);
    assertThat(page.segments())
        .extracting(segment -> segment.name() + " " + segment.atRisk() + " " + segment.share())
        .containsExactly("large & co 1.0k 10.0%", "smb 300 30.0%");
    assertThat(page.segments().get(0).url()).isEqualTo("/?segment=large%20%26%20co");
    assertThat(page.segments().get(1).words())
        .isEqualTo("Healthy 60.0%, At risk 0.0%, Critical 30.0%, No score 10.0%");
    assertThat(page.most())
        .isEqualTo("1.0k of the ARR of large & co is not Healthy, the most of these.");
  }

  @Test
  void so_many_segments_are_told_of_as_fit_on_the_paper() {
    List<Group> many = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      many.add(new Group("s" + i, bands(1, 0, 1), List.of(), List.of(), List.of()));
    }
    ExecutivePage page = page(group(bands(9, 0, 1), List.of()), many.toArray(Group[]::new));
    assertThat(page.segments()).hasSize(6);
    assertThat(page.others()).isEqualTo("3 more segments");
    assertThat(page.most()).isEmpty();
  }

  @Test
  void without_accounts_there_is_nothing_to_say() {
    assertThat(page(group(List.of(), List.of())).isNew()).isTrue();
  }
}
