package keepwell.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code GET /v1/accounts}. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AccountListTest {
  private static PortfolioNode node;

  @BeforeAll
  static void some_accounts(@TempDir Path data) {
    node = new PortfolioNode(data);
    node.labels("acme", "{\"name\": \"Müller\", \"owner\": \"dana\", \"segment\": \"smb\"}");
    node.labels("Acme-2", "{\"name\": \"müller_2\", \"owner\": \"kim\", \"segment\": \"smb\"}");
    node.labels("globex", "{\"name\": \"100% Pure\", \"owner\": \"dana\", \"parent\": \"hooli\"}");
    node.labels("😀-corp", "{\"owner\": \"kim\", \"parent\": \"hooli\"}");
    node.labels("left", "{\"name\": \"Left\", \"owner\": \"dana\"}");
    node.signals(
        "acme,mood,90",
        "Acme-2,mood,60",
        "globex,mood,60",
        "left,mood,60",
        "acme,mood,30,2026-01-15",
        "Acme-2,mood,80,2026-01-15",
        "acme,arr,500",
        "globex,arr,2000.5",
        "acme,renewal-date,2026-03-31",
        "globex,renewal-date,2026-04-01",
        "😀-corp,renewal-date,2026-03-01");
    node.send("PUT", "/v1/accounts/left/closed");
    node.caughtUp();
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static List<String> ids(String query) {
    return node.got("/v1/accounts" + query).get("items").findValuesAsText("account");
  }

  @Test
  void an_account_is_listed_with_what_matters_most_of_it() {
    JsonNode account = node.got("/v1/accounts?q=Acme-2").at("/items/0");
    assertThat(account.toString())
        .isEqualTo(
            "{\"account\":\"Acme-2\",\"labels\":{\"name\":\"müller_2\",\"owner\":\"kim\","
                + "\"segment\":\"smb\"},\"score\":60.0,\"tier\":\"yellow\","
                + "\"tierSince\":\"2026-03-01T12:00:00Z\",\"previousTier\":null,"
                + "\"trend\":{\"7d\":-20.0,\"30d\":-20.0},"
                + "\"why\":{\"metric\":\"mood\",\"adjustment\":null,\"name\":\"mood\","
                + "\"lost\":40.0},\"arr\":null,\"renewal\":null,\"reviewOn\":null,"
                + "\"publishedAt\":\"2026-03-01T12:00:00Z\",\"closed\":null}");
  }

  @Test
  void without_parameters_the_lowest_score_comes_first_and_those_without_one_last() {
    JsonNode page = node.got("/v1/accounts");
    assertThat(page.get("items").findValuesAsText("account"))
        .containsExactly("Acme-2", "globex", "acme", "😀-corp");
    assertThat(page.get("total").asInt()).isEqualTo(4);
    assertThat(page.get("totalIsExact").asBoolean()).isTrue();
    assertThat(page.get("next").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "tier=yellow, Acme-2 globex",
    "tier=blue, ''",
    "owner=dana, globex acme",
    "segment=smb, Acme-2 acme",
    "parent=hooli, globex 😀-corp",
    "below=60, ''",
    "below=60.1, Acme-2 globex",
    "below=100, Acme-2 globex acme",
    "renewingWithin=P29D, 😀-corp",
    "renewingWithin=P30D, acme 😀-corp",
    "renewingWithin=P3650D, globex acme 😀-corp",
    "owner=dana&tier=yellow, globex",
    "owner=dana&segment=smb, acme",
    "q=A&below=70, Acme-2",
    "parent=hooli&renewingWithin=P1D, 😀-corp"
  })
  void filters_leave_the_accounts_that_fit_all_of_them(String query, String accounts) {
    assertThat(String.join(" ", ids("?" + query))).isEqualTo(accounts);
    assertThat(node.got("/v1/accounts?" + query).get("total").asInt())
        .isEqualTo(ids("?" + query).size());
  }

  @ParameterizedTest
  @CsvSource({
    "acme, acme",
    "Acme, Acme-2",
    "ACME, ''",
    "mü, Acme-2 acme",
    "MÜLLER, Acme-2 acme",
    "Müller_, Acme-2",
    "100%, globex",
    "%, ''",
    "_, ''",
    "😀, 😀-corp",
    "😀-CORP, 😀-corp",
    "pure, ''"
  })
  void a_search_is_for_the_beginning_of_an_id_as_it_is_or_of_a_name_in_whatever_case(
      String prefix, String accounts) {
    assertThat(String.join(" ", ids("?q=" + Api.encoded(prefix)))).isEqualTo(accounts);
  }

  @ParameterizedTest
  @CsvSource({
    "score, Acme-2 globex acme 😀-corp",
    "-score, acme globex Acme-2 😀-corp",
    "arr, acme globex Acme-2 😀-corp",
    "-arr, globex acme 😀-corp Acme-2",
    "trend, Acme-2 acme globex 😀-corp",
    "-trend, acme Acme-2 😀-corp globex",
    "renewal, 😀-corp acme globex Acme-2",
    "-renewal, globex acme 😀-corp Acme-2",
    "name, globex acme Acme-2 😀-corp",
    "-name, 😀-corp Acme-2 acme globex",
    "'score,-arr', globex Acme-2 acme 😀-corp",
    "'arr,-score', acme globex Acme-2 😀-corp"
  })
  void accounts_without_what_they_are_sorted_by_come_last_in_both_directions(
      String sort, String accounts) {
    assertThat(String.join(" ", ids("?sort=" + sort))).isEqualTo(accounts);
  }

  @Test
  void closed_accounts_are_listed_where_they_are_asked_for_and_nowhere_else() {
    assertThat(ids("?closed=true&owner=dana")).containsExactly("left");
    assertThat(ids("?closed=false&owner=dana")).doesNotContain("left");
    assertThat(ids("?q=left")).isEmpty();
  }

  @Test
  void a_page_goes_on_where_the_one_before_ended_as_often_as_it_is_asked_for() {
    JsonNode first = node.got("/v1/accounts?limit=3&sort=name");
    String second = "/v1/accounts?limit=3&sort=name&cursor=" + first.get("next").asText();
    assertThat(node.got(second)).isEqualTo(node.got(second));
    assertThat(node.got(second).get("items").findValuesAsText("account"))
        .containsExactly("😀-corp");
    assertThat(node.got(second).get("next").isNull()).isTrue();
    assertThat(node.got(second).get("total").asInt()).isEqualTo(4);
  }
}
