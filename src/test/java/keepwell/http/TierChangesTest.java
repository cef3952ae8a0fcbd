package keepwell.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code GET /v1/tier-changes}, page by page. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TierChangesTest {
  private static final String FEED = "/v1/tier-changes";

  /** How far the ids of two installations are apart at least. */
  private static final long INSTALLATION = 1L << 42;

  @TempDir Path data;
  @AutoClose private PortfolioNode node;

  @BeforeEach
  void start() {
    node = new PortfolioNode(data);
  }

  private static List<String> moves(List<JsonNode> changes) {
    return changes.stream()
        .map(
            change ->
                "%s %s→%s %s"
                    .formatted(
                        change.get("account").asText(),
                        change.get("from").asText(),
                        change.get("to").asText(),
                        change.get("reason").asText()))
        .toList();
  }

  @Test
  void without_changes_a_page_is_empty_and_the_next_begins_with_the_first() {
    JsonNode page = node.caughtUp().got(FEED);
    assertThat(page.get("items")).isEmpty();
    node.signals("acme,mood,90");
    node.caughtUp();
    assertThat(node.got(FEED + "?after=" + page.get("next")).get("items")).hasSize(1);
    assertThat(node.got(FEED + "?after=0").get("items")).hasSize(1);
    assertThat(node.got(FEED).get("items")).hasSize(1);
  }

  @Test
  void a_change_says_what_moved_which_account_from_where_to_where_and_when() {
    node.labels("acme", "{\"name\": \"Acme\", \"owner\": \"dana\"}");
    node.signals("acme,mood,90");
    node.at("2026-03-01T13:30:00Z");
    node.signals("acme,mood,60");
    JsonNode change = node.feed(0).get(1);
    assertThat(change.get("id").asLong()).isBetween(1L, (1L << 53) - 1);
    assertThat(change.toString())
        .endsWith(
            ",\"account\":\"acme\",\"from\":\"green\",\"to\":\"yellow\",\"score\":60.0,"
                + "\"previousScore\":90.0,\"reason\":\"signal\","
                + "\"scorecard\":{\"key\":\"plain\",\"version\":2},"
                + "\"at\":\"2026-03-01T13:30:00Z\",\"quiet\":false,"
                + "\"labels\":{\"name\":\"Acme\",\"owner\":\"dana\"}}");
  }

  @Test
  void every_kind_of_cause_is_told() {
    node.signals("acme,mood,45", "acme,login,,2026-02-28", "acme,login,");
    node.labels("acme", "{\"segment\": \"strict\"}");
    node.labels("acme", "{\"segment\": null}");
    assertThat(
            node.api()
                .put(
                    "/v1/accounts/acme/override",
                    "{\"max\": 60, \"reason\": \"r\", \"author\": \"a\", \"until\":"
                        + " \"2026-03-01\"}")
                .statusCode())
        .isEqualTo(200);
    node.at("2026-03-05T00:00:01Z");
    node.portfolioThrough("2026-03-04");
    node.send("DELETE", "/v1/accounts/acme/override");
    assertThat(moves(node.feed(0)))
        .containsExactly(
            "acme null→green signal",
            "acme green→red scorecard",
            "acme red→green scorecard",
            "acme green→yellow override",
            "acme yellow→green time",
            "acme green→yellow time",
            "acme yellow→red time");
    assertThat(node.feed(0).get(6).get("at").asText()).isEqualTo("2026-03-05T00:00:00Z");
    assertThat(node.send("DELETE", "/v1/accounts/acme")).isEqualTo(204);
    assertThat(moves(node.feed(0))).containsExactly("acme red→null erased");
  }

  @Test
  void pages_of_any_length_make_up_the_same_feed_and_it_goes_on_from_its_end() {
    for (int i = 0; i < 5; i++) {
      node.signals("acme,mood," + (i % 2 == 0 ? 90 : 60), "globex,mood," + (i % 2 == 0 ? 10 : 60));
    }
    List<JsonNode> whole = node.feed(0);
    assertThat(whole).hasSize(10);
    assertThat(whole.stream().map(change -> change.get("id").asLong()))
        .isSorted()
        .doesNotHaveDuplicates();
    assertThat(moves(whole).stream().filter(move -> move.startsWith("acme")))
        .containsExactly(
            "acme null→green signal",
            "acme green→yellow signal",
            "acme yellow→green signal",
            "acme green→yellow signal",
            "acme yellow→green signal");
    for (int limit : new int[] {1, 3, 10, 1000}) {
      long after = 0;
      for (int read = 0; read < whole.size(); read += limit) {
        JsonNode page = node.got(FEED + "?limit=" + limit + "&after=" + after);
        assertThat(page.get("items"))
            .hasSameElementsAs(whole.subList(read, Math.min(read + limit, whole.size())))
            .hasSizeLessThanOrEqualTo(limit);
        after = page.get("next").asLong();
      }
      assertThat(node.got(FEED + "?after=" + after).get("items")).isEmpty();
    }
    long end = node.got(FEED + "?after=" + whole.get(9).get("id")).get("next").asLong();
    node.signals("acme,mood,60");
    assertThat(moves(node.feed(end))).containsExactly("acme green→yellow signal");
  }

  @Test
  void a_backfill_is_told_too_but_is_quiet() {
    node.signals("?quiet=true", List.of("acme,mood,90"));
    node.signals("?quiet=true", List.of("acme,mood,60"));
    node.signals("acme,mood,10");
    assertThat(node.feed(0))
        .extracting(change -> change.get("quiet").asBoolean())
        .containsExactly(true, true, false);
  }

  @Test
  void the_feed_is_the_same_after_a_restart() {
    node.signals("acme,mood,90", "globex,mood,60");
    List<JsonNode> before = node.feed(0);
    node.close();
    node.start();
    assertThat(node.feed(0)).isEqualTo(before);
    node.signals("acme,mood,60");
    assertThat(moves(node.feed(before.get(1).get("id").asLong())))
        .containsExactly("acme green→yellow signal");
  }

  @Test
  void of_an_erased_account_one_change_remains_with_its_id_and_it_is_in_no_list_and_no_sum() {
    node.labels("acme", "{\"owner\": \"dana\", \"name\": \"Acme\"}");
    node.signals("acme,mood,90", "acme,arr,100", "acme,renewal-date,2026-03-05", "globex,mood,60");
    node.signals("acme,mood,60");
    JsonNode last = node.feed(0).get(2);
    assertThat(node.send("DELETE", "/v1/accounts/acme")).isEqualTo(204);

    List<JsonNode> feed = node.feed(0);
    assertThat(moves(feed)).containsExactly("globex null→yellow signal", "acme yellow→null erased");
    JsonNode erased = feed.get(1);
    assertThat(erased.get("id").asLong()).isGreaterThan(last.get("id").asLong());
    assertThat(erased.get("labels")).isEmpty();
    assertThat(erased.get("score").isNull()).isTrue();
    assertThat(erased.get("scorecard").isNull()).isTrue();
    assertThat(node.feed(last.get("id").asLong())).containsExactly(erased);
    assertThat(node.ids("")).containsExactly("globex");
    assertThat(node.ids("?closed=true&q=acme")).isEmpty();
    JsonNode portfolio = node.portfolio("?by=owner");
    assertThat(portfolio.get("accounts").asInt()).isEqualTo(1);
    assertThat(portfolio.get("arr").asDouble()).isZero();
    assertThat(portfolio.get("groups")).isEmpty();
    assertThat(portfolio.at("/moves/30d")).isEmpty();
    assertThat(portfolio.at("/renewals/30d").findValues("accounts"))
        .allMatch(accounts -> accounts.asInt() == 0);

    node.signals("acme,mood,10");
    assertThat(moves(node.feed(erased.get("id").asLong()))).containsExactly("acme null→red signal");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "after=abc",
        "after=",
        "after=-1",
        "after=1.5",
        "after=1e3",
        "after=1",
        "after=9007199254740991",
        "after=99999999999999999999",
        "limit=0",
        "limit=1001",
        "limit=ten",
        "limit=",
        "since=1",
        "after=0&after=0"
      })
  void a_parameter_that_is_wrong_is_named(String query) {
    assertThat(node.refusedField(FEED + "?" + query)).isEqualTo(query.replaceFirst("=.*", ""));
  }

  @Test
  void an_id_that_this_feed_cannot_have_given_is_refused() {
    node.signals("acme,mood,90");
    long id = node.feed(0).get(0).get("id").asLong();
    for (long other : new long[] {id + 1_000_000, id + INSTALLATION, id - INSTALLATION}) {
      assertThat(node.refusedField(FEED + "?after=" + other)).isEqualTo("after");
      for (String header : new String[] {"Last-Event-ID", "last-event-id"}) {
        assertThat(node.refusedField(FEED, "Accept", "text/event-stream", header, "" + other))
            .isEqualTo("Last-Event-ID");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "-1", "1.5", "12345678901234567890", "1 2"})
  void a_last_event_id_that_is_no_id_is_refused_by_name(String id) {
    assertThat(node.refusedField(FEED, "Accept", "text/event-stream", "Last-Event-ID", id))
        .isEqualTo("Last-Event-ID");
  }
}
