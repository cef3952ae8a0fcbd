package keepwell.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code PUT} and {@code DELETE /v1/accounts/{id}/closed}. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ClosedAccountsTest {
  private static final String CLOSED = "/v1/accounts/acme/closed";

  @TempDir Path data;
  @AutoClose private PortfolioNode node;

  @BeforeEach
  void start() {
    node = new PortfolioNode(data);
    node.labels("acme", "{\"owner\": \"dana\"}");
    node.signals(
        "acme,mood,45",
        "acme,login,",
        "acme,login,",
        "acme,arr,100",
        "acme,renewal-date,2026-03-20");
    node.signals("globex,mood,90");
  }

  private JsonNode done(String method) {
    HttpResponse<String> answer = node.api().send(method, CLOSED, BodyPublishers.noBody());
    assertThat(answer.statusCode()).isEqualTo(200);
    return Api.json(answer);
  }

  @Test
  void closing_and_reopening_answer_how_the_account_stands_and_do_nothing_the_second_time() {
    assertThat(done("DELETE").get("closed").isNull()).isTrue();
    node.at("2026-03-01T12:30:00Z");
    JsonNode closed = done("PUT");
    assertThat(closed.get("closed").asText()).isEqualTo("2026-03-01T12:30:00Z");
    assertThat(closed.get("score").asDouble()).isEqualTo(85);
    node.at("2026-03-01T13:00:00Z");
    assertThat(done("PUT")).isEqualTo(closed);
    assertThat(node.got("/v1/accounts/acme")).isEqualTo(closed);
    assertThat(done("DELETE").get("closed").isNull()).isTrue();
    assertThat(done("DELETE").get("closed").isNull()).isTrue();
    assertThat(done("PUT").get("closed").asText()).isEqualTo("2026-03-01T13:00:00Z");
  }

  @Test
  void an_account_that_is_not_there_is_neither_closed_nor_reopened() {
    for (String method : new String[] {"PUT", "DELETE"}) {
      assertThat(node.send(method, "/v1/accounts/nobody/closed")).isEqualTo(404);
      assertThat(node.send(method, "/v1/accounts/" + "x".repeat(201) + "/closed")).isEqualTo(400);
    }
    assertThat(node.send("GET", "/v1/accounts/nobody")).isEqualTo(404);
  }

  @Test
  void parameters_are_refused_and_a_body_is_not_read() {
    assertThat(node.send("PUT", CLOSED + "?quiet=true")).isEqualTo(400);
    assertThat(node.send("DELETE", CLOSED + "?at=now")).isEqualTo(400);
    assertThat(node.got("/v1/accounts/acme").get("closed").isNull()).isTrue();
    assertThat(node.api().put(CLOSED, "{\"closed\": false").statusCode()).isEqualTo(200);
    assertThat(node.got("/v1/accounts/acme").get("closed").isNull()).isFalse();
    assertThat(node.send("DELETE", CLOSED)).isEqualTo(200);
  }

  private static JsonNode tier(JsonNode tiers, String key) {
    for (JsonNode tier : tiers) {
      if (tier.get("tier").asText().equals(key)) {
        return tier;
      }
    }
    throw new AssertionError(key + " is not in " + tiers);
  }

  private void assertCounted(int accounts) {
    JsonNode sums = node.portfolio("?by=owner");
    assertThat(sums.get("accounts").asInt()).isEqualTo(1 + accounts);
    assertThat(sums.get("arr").asDouble()).isEqualTo(100 * accounts);
    assertThat(tier(sums.get("tiers"), "green").get("accounts").asInt()).isEqualTo(1 + accounts);
    assertThat(tier(sums.at("/renewals/30d"), "green").get("accounts").asInt()).isEqualTo(accounts);
    assertThat(sums.get("groups")).hasSize(accounts);
  }

  @Test
  void a_closed_account_is_in_no_list_and_no_sum_until_it_is_reopened() {
    assertCounted(1);
    done("PUT");
    assertCounted(0);
    assertThat(node.ids("")).containsExactly("globex");
    assertThat(node.ids("?renewingWithin=P30D")).isEmpty();
    JsonNode closed = node.list("?closed=true&owner=dana").at("/items/0");
    assertThat(closed.get("account").asText()).isEqualTo("acme");
    assertThat(closed.get("closed").asText()).startsWith("2026-03-01T12:00:00");
    assertThat(closed.get("reviewOn").isNull()).isTrue();
    done("DELETE");
    assertCounted(1);
    assertThat(node.ids("")).containsExactly("acme", "globex");
    assertThat(node.ids("?closed=true&owner=dana")).isEmpty();
  }

  @Test
  void it_stays_closed_over_a_restart_and_whatever_it_is_sent() {
    done("PUT");
    node.close();
    node.start();
    node.signals("acme,mood,10", "acme,arr,700");
    node.labels("acme", "{\"owner\": \"kim\"}");
    assertThat(node.ids("")).containsExactly("globex");
    assertThat(node.portfolio("").get("arr").asDouble()).isZero();
    JsonNode closed = node.list("?closed=true&owner=kim").at("/items/0");
    assertThat(closed.get("score").asDouble()).isEqualTo(50);
    assertThat(closed.get("arr").asDouble()).isEqualTo(700);
    done("DELETE");
    assertThat(node.portfolio("?by=owner").at("/groups/0/value").asText()).isEqualTo("kim");
    assertThat(node.portfolio("").get("arr").asDouble()).isEqualTo(700);
  }

  @Test
  void its_tier_changes_while_it_is_closed_are_quiet_and_no_moves() {
    done("PUT");
    node.signals("acme,mood,10");
    node.pass(5);
    node.portfolioThrough("2026-03-05");
    assertThat(node.ids("?closed=true&tier=yellow")).containsExactly("acme"); // it sleeps
    node.signals("acme,mood,10");
    done("DELETE");
    node.signals("acme,mood,95");
    List<JsonNode> changes =
        node.feed(0).stream().filter(each -> each.get("account").asText().equals("acme")).toList();
    assertThat(changes)
        .extracting(
            change -> change.get("to").asText() + " " + change.get("reason").asText(),
            change -> change.get("quiet").asBoolean())
        .containsExactly(
            tuple("green signal", false),
            tuple("yellow signal", true),
            tuple("red time", true),
            tuple("green signal", false));
    assertThat(node.portfolio("").at("/moves/30d").toString())
        .isEqualTo("[{\"from\":\"red\",\"to\":\"green\",\"accounts\":1}]");
  }
}
