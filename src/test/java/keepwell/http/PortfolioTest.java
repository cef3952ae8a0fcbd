package keepwell.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import keepwell.journal.TestDatabase;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code GET /v1/portfolio}: the sums over accounts as they are now. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PortfolioTest {
  @TempDir Path data;
  @AutoClose private PortfolioNode node;

  private void start() {
    node = new PortfolioNode(data);
  }

  @ParameterizedTest
  @EnumSource
  void sums_are_those_of_the_list_over_all_accounts_and_by_every_label(TestDatabase kind) {
    node = new PortfolioNode(data, kind);
    Population.settle(node, 60, 7);
    List<JsonNode> open = Population.all(node, false);
    assertSums(node.portfolio(""), open);
    for (String label : List.of("owner", "segment", "parent")) {
      JsonNode portfolio = node.portfolio("?by=" + label);
      assertSums(portfolio, open);
      Map<String, List<JsonNode>> groups =
          open.stream()
              .filter(account -> account.get("labels").has(label))
              .collect(Collectors.groupingBy(each -> each.get("labels").get(label).asText()));
      assertThat(portfolio.get("groupsTotal").asInt()).isEqualTo(groups.size());
      assertThat(portfolio.get("groups").findValuesAsText("value"))
          .containsExactlyInAnyOrderElementsOf(groups.keySet());
      portfolio
          .get("groups")
          .forEach(each -> assertSums(each, groups.get(each.get("value").asText())));
      assertThat(portfolio.get("groups"))
          .extracting(each -> each.get("arr").asDouble())
          .isSortedAccordingTo(Comparator.reverseOrder());
    }
  }

  private static void assertSums(JsonNode sums, List<JsonNode> accounts) {
    assertThat(sums.get("accounts").asInt()).isEqualTo(accounts.size());
    assertThat(sums.get("arr").asDouble()).isCloseTo(arr(accounts), within(0.001));
    assertTiers(sums.get("tiers"), accounts);
    for (int days : new int[] {30, 60, 90}) {
      LocalDate last = PortfolioNode.TODAY.plusDays(days);
      assertTiers(
          sums.at("/renewals/" + days + "d"),
          accounts.stream()
              .filter(account -> account.get("renewal").isTextual())
              .filter(
                  account -> {
                    LocalDate renewal = LocalDate.parse(account.get("renewal").asText());
                    return !renewal.isBefore(PortfolioNode.TODAY) && !renewal.isAfter(last);
                  })
              .toList());
    }
  }

  private static void assertTiers(JsonNode tiers, List<JsonNode> accounts) {
    Map<String, List<JsonNode>> byTier =
        new TreeMap<>(Map.of("green", List.of(), "yellow", List.of(), "red", List.of()));
    byTier.putAll(
        accounts.stream().collect(Collectors.groupingBy(each -> each.get("tier").asText())));
    assertThat(tiers.findValuesAsText("tier"))
        .startsWith("green", "yellow", "red")
        .containsExactlyInAnyOrderElementsOf(byTier.keySet());
    for (JsonNode tier : tiers) {
      Collection<JsonNode> of = byTier.get(tier.get("tier").asText());
      assertThat(tier.get("accounts").asInt()).isEqualTo(of.size());
      assertThat(tier.get("arr").asDouble()).isCloseTo(arr(of), within(0.001));
      assertThat(tier.get("share").asDouble())
          .isCloseTo(share(of.size(), accounts.size()), within(0.0001));
      assertThat(tier.get("arrShare").asDouble())
          .isCloseTo(share(arr(of), arr(accounts)), within(0.0001));
    }
  }

  private static double share(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
  }

  private static double arr(Collection<JsonNode> accounts) {
    return accounts.stream().mapToDouble(account -> account.get("arr").asDouble(0)).sum();
  }

  @Test
  void a_portfolio_without_accounts_has_every_tier_and_nothing_in_it() {
    start();
    assertThat(node.portfolio("?by=owner").toString())
        .isEqualTo(
            """
            {"asOf":"2026-03-01","accounts":0,"arr":0.0,"tiers":%1$s,"moves":{"7d":[],"30d":[]},\
            "days":[],"renewals":{"30d":%1$s,"60d":%1$s,"90d":%1$s},"groups":[],"groupsTotal":0}"""
                .formatted(
                    List.of("green", "yellow", "red").stream()
                        .map(
                            tier ->
                                "{\"tier\":\"%s\",\"accounts\":0,\"arr\":0.0,\"share\":0.0,"
                                        .formatted(tier)
                                    + "\"arrShare\":0.0}")
                        .collect(Collectors.joining(",", "[", "]"))));
  }

  private Map<String, Integer> groups(String label) {
    Map<String, Integer> accounts = new TreeMap<>();
    node.portfolio("?by=" + label)
        .get("groups")
        .forEach(group -> accounts.put(group.get("value").asText(), group.get("accounts").asInt()));
    return accounts;
  }

  @Test
  void other_labels_move_an_account_from_a_group_to_another() {
    start();
    node.labels("acme", "{\"owner\": \"dana\", \"parent\": \"hooli\"}");
    node.labels("globex", "{\"owner\": \"dana\"}");
    node.signals("acme,mood,90", "globex,mood,60", "acme,arr,1000");
    assertThat(groups("owner")).isEqualTo(Map.of("dana", 2));
    node.labels("acme", "{\"owner\": \"kim\", \"parent\": null}");
    assertThat(groups("owner")).isEqualTo(Map.of("dana", 1, "kim", 1));
    assertThat(groups("parent")).isEmpty();
    assertThat(groups("segment")).isEmpty();
    node.labels("acme", "{\"segment\": \"strict\"}");
    JsonNode strict = node.portfolio("?by=segment").at("/groups/0");
    assertThat(strict.at("/tiers/2/tier").asText()).isEqualTo("red");
    assertThat(strict.at("/tiers/2/accounts").asInt()).isEqualTo(1);
    assertThat(strict.at("/tiers/2/arr").asDouble()).isEqualTo(1000);
  }

  @Test
  void of_many_groups_those_worth_most_are_shown_and_all_are_counted() {
    start();
    List<String> signals = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      node.labels("account-" + i, "{\"owner\": \"owner-" + i + "\"}");
      signals.add("account-" + i + ",arr," + i);
    }
    node.signals("", signals);
    JsonNode portfolio = node.portfolio("?by=owner");
    assertThat(portfolio.get("groupsTotal").asInt()).isEqualTo(120);
    assertThat(portfolio.get("groups")).hasSize(100);
    assertThat(portfolio.at("/groups/0/value").asText()).isEqualTo("owner-119");
    assertThat(portfolio.at("/groups/99/value").asText()).isEqualTo("owner-20");
  }
}
