package keepwell.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code GET /v1/portfolio} while days go by: moves, bands day by day, renewals that come near. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PortfolioOverTimeTest {
  @TempDir Path data;
  @AutoClose private PortfolioNode node;

  @BeforeEach
  void start() {
    node = new PortfolioNode(data);
  }

  /** Green until it is two days old, yellow on the third, then red. */
  private void anAccountThatFalls(String id) {
    node.signals(id + ",mood,45", id + ",login,,2026-02-28", id + ",login,,2026-03-01");
  }

  private static String moves(JsonNode portfolio, String within) {
    return String.join(
        ", ",
        StreamSupport.stream(portfolio.at("/moves/" + within).spliterator(), false)
            .map(
                move ->
                    "%s→%s %d"
                        .formatted(
                            move.get("from").asText(),
                            move.get("to").asText(),
                            move.get("accounts").asInt()))
            .toList());
  }

  /** The accounts of each tier that has some, e.g. {@code green=1}, by day. */
  private static Map<String, String> days(JsonNode sums) {
    Map<String, String> days = new TreeMap<>();
    for (JsonNode day : sums.get("days")) {
      Map<String, Integer> tiers = new TreeMap<>();
      for (JsonNode tier : day.get("tiers")) {
        if (tier.get("accounts").asInt() > 0) {
          tiers.put(tier.get("tier").asText(), tier.get("accounts").asInt());
        }
      }
      days.put(day.get("day").asText(), tiers.toString());
    }
    return days;
  }

  private List<String> changes(String account) {
    return node.feed(0).stream()
        .filter(change -> change.get("account").asText().equals(account))
        .map(
            change ->
                "%s %s %s"
                    .formatted(
                        change.get("to").asText(),
                        change.get("reason").asText(),
                        change.get("at").asText()))
        .toList();
  }

  @Test
  void moves_count_for_7_and_30_days_but_neither_first_tiers_nor_quiet_ones() {
    node.labels("acme", "{\"owner\": \"dana\"}");
    node.signals("acme,mood,90", "globex,mood,90", "quiet,mood,90");
    node.signals("acme,mood,60", "globex,mood,60");
    node.signals("?quiet=true", List.of("quiet,mood,10"));
    assertThat(moves(node.portfolio(""), "7d")).isEqualTo("green→yellow 2");
    assertThat(moves(node.portfolio(""), "30d")).isEqualTo("green→yellow 2");
    node.at("2026-03-07T23:59:59Z");
    node.signals("acme,mood,90");
    JsonNode portfolio = node.portfolio("?by=owner");
    assertThat(moves(portfolio, "7d")).isEqualTo("green→yellow 2, yellow→green 1");
    assertThat(moves(portfolio.at("/groups/0"), "7d")).isEqualTo("green→yellow 1, yellow→green 1");
    node.at("2026-03-08T00:00:00Z");
    assertThat(moves(node.portfolio(""), "7d")).isEqualTo("yellow→green 1");
    assertThat(moves(node.portfolio(""), "30d")).isEqualTo("green→yellow 2, yellow→green 1");
    node.at("2026-03-31T00:00:00Z");
    assertThat(moves(node.portfolio(""), "7d")).isEmpty();
    assertThat(moves(node.portfolio(""), "30d")).isEqualTo("yellow→green 1");
  }

  @Test
  void a_move_stays_with_the_group_in_which_the_account_was() {
    node.labels("acme", "{\"owner\": \"dana\"}");
    node.labels("globex", "{\"owner\": \"dana\"}");
    node.signals("acme,mood,90", "globex,mood,90");
    node.signals("acme,mood,60");
    node.labels("acme", "{\"owner\": \"kim\"}");
    JsonNode groups = node.portfolio("?by=owner").get("groups");
    assertThat(groups.findValuesAsText("value")).containsExactly("dana", "kim");
    assertThat(moves(groups.get(0), "7d")).isEqualTo("green→yellow 1");
    assertThat(moves(groups.get(1), "7d")).isEmpty();
  }

  @Test
  void renewals_come_nearer_day_by_day_and_are_gone_once_they_are_past() {
    node.signals("acme,renewal-date,2026-05-30", "acme,arr,100");
    String sums = "/renewals/%dd/3/accounts"; // without a tier
    assertThat(node.portfolio("").at(sums.formatted(90)).asInt()).isEqualTo(1);
    assertThat(node.portfolio("").at(sums.formatted(60)).asInt()).isZero();
    node.pass(30);
    assertThat(node.portfolio("").at(sums.formatted(60)).asInt()).isEqualTo(1);
    assertThat(node.portfolio("").at(sums.formatted(30)).asInt()).isZero();
    node.pass(60);
    assertThat(node.portfolio("").get("asOf").asText()).isEqualTo("2026-05-30");
    assertThat(node.portfolio("").at(sums.formatted(30)).asInt()).isEqualTo(1);
    node.pass(1);
    assertThat(node.portfolio("").at(sums.formatted(90)).asInt()).isZero();
    node.signals("acme,renewal-date,2026-06-30");
    assertThat(node.portfolio("").at(sums.formatted(30)).asInt()).isEqualTo(1);
  }

  @Test
  void an_account_left_alone_falls_by_itself_and_the_bands_say_when() {
    anAccountThatFalls("acme");
    node.signals("globex,mood,90");
    for (int day = 2; day <= 6; day++) {
      node.at("2026-03-0%dT00:00:00Z".formatted(day));
      node.portfolioThrough("2026-03-0" + (day - 1));
    }
    assertThat(days(node.portfolio("")))
        .isEqualTo(
            Map.of(
                "2026-03-01", "{green=2}",
                "2026-03-02", "{green=2}",
                "2026-03-03", "{green=1, yellow=1}",
                "2026-03-04", "{green=1, red=1}",
                "2026-03-05", "{green=1, red=1}"));
    assertThat(changes("acme"))
        .containsExactly(
            "green signal 2026-03-01T12:00:00Z",
            "yellow time 2026-03-04T00:00:00Z",
            "red time 2026-03-05T00:00:00Z");
    assertThat(node.list("?q=acme").at("/items/0/score").asDouble()).isEqualTo(45);
    assertThat(moves(node.portfolio(""), "7d")).isEqualTo("green→yellow 1, yellow→red 1");
  }

  @Test
  void days_that_pass_while_no_node_is_up_are_made_up_for_one_by_one() {
    anAccountThatFalls("acme");
    node.caughtUp();
    node.close();
    node.pass(5);
    node.start();
    assertThat(days(node.portfolioThrough("2026-03-05")))
        .isEqualTo(
            Map.of(
                "2026-03-01", "{green=1}",
                "2026-03-02", "{green=1}",
                "2026-03-03", "{yellow=1}",
                "2026-03-04", "{red=1}",
                "2026-03-05", "{red=1}"));
    assertThat(changes("acme"))
        .containsExactly(
            "green signal 2026-03-01T12:00:00Z",
            "yellow time 2026-03-04T00:00:00Z",
            "red time 2026-03-05T00:00:00Z");
    assertThat(node.list("?q=acme").at("/items/0/tier").asText()).isEqualTo("red");
  }

  @Test
  void bands_of_a_group_are_those_of_the_accounts_that_were_in_it_on_the_day() {
    node.labels("acme", "{\"owner\": \"dana\"}");
    node.labels("globex", "{\"owner\": \"kim\"}");
    node.signals("acme,mood,90", "globex,mood,60");
    node.caughtUp();
    node.pass(1);
    node.portfolioThrough("2026-03-01");
    node.labels("acme", "{\"owner\": \"kim\"}");
    node.caughtUp();
    node.pass(1);
    node.portfolioThrough("2026-03-02");
    node.labels("acme", "{\"owner\": \"dana\"}");
    JsonNode groups = node.portfolio("?by=owner").get("groups");
    assertThat(groups.findValuesAsText("value")).containsExactly("dana", "kim");
    assertThat(days(groups.get(0)))
        .isEqualTo(Map.of("2026-03-01", "{green=1}", "2026-03-02", "{}"));
    assertThat(days(groups.get(1)))
        .isEqualTo(Map.of("2026-03-01", "{yellow=1}", "2026-03-02", "{green=1, yellow=1}"));
  }

  @Test
  void no_more_than_the_last_90_days_are_told_of_and_30_of_a_group() {
    node.labels("acme", "{\"owner\": \"dana\"}");
    node.signals("acme,mood,90");
    node.caughtUp();
    node.pass(100);
    Map<String, String> days = days(node.portfolioThrough("2026-06-08"));
    assertThat(days).hasSize(90).containsValue("{green=1}");
    assertThat(days.keySet()).first().isEqualTo("2026-03-11");
    Map<String, String> ofDana = days(node.portfolio("?by=owner").at("/groups/0"));
    assertThat(ofDana).hasSize(30).containsValue("{green=1}");
    assertThat(ofDana.keySet()).first().isEqualTo("2026-05-10");
  }

  @Test
  void a_band_that_nobody_is_in_any_more_was_there_on_the_days_before() {
    node.labels("acme", "{\"owner\": \"dana\"}");
    node.signals("acme,mood,90");
    node.caughtUp();
    node.pass(40);
    node.portfolioThrough("2026-04-09");
    node.signals("acme,mood,10");
    node.caughtUp();
    JsonNode dana = node.portfolio("?by=owner").at("/groups/0");
    assertThat(dana.at("/tiers/2/accounts").asInt()).isOne();
    assertThat(days(dana)).hasSize(30);
    assertThat(days(dana).values()).containsOnly("{green=1}");
  }
}
