package keepwell.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code POST /v1/scorecards/preview}: how it is asked, and what it answers. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PreviewAnswersTest {
  private static final String PREVIEW = "/v1/scorecards/preview";
  private static final String JSON = "application/json";
  private static final int ACCOUNTS = 120;
  private static final long OPEN = IntStream.range(0, ACCOUNTS).filter(Histories::isOpen).count();
  private static final String BOTH =
      "{\"drafts\": [" + Histories.DRAFT + ", " + Histories.IN_FORCE + "]}";

  /** With signals that nobody has sent, in two places. */
  private static final String UNSEEN =
      """
      {"scorecards": [{"key": "new", "tiers": [{"key": "red", "from": 0}], "adjustments": [
        {"key": "seen", "signal": "login", "points": 1, "window": "P7D"},
        {"key": "one", "signal": "logon", "points": 1, "window": "P7D"},
        {"key": "two", "signal": "wave", "points": 1, "window": "P7D"}]}]}
      """;

  private static PortfolioNode node;

  @BeforeAll
  static void start(@TempDir Path data) {
    node = new PortfolioNode(data);
    Histories.settle(node, ACCOUNTS, 20260302);
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static HttpResponse<String> post(String query, String body, String... headers) {
    return node.api().post(PREVIEW + query, JSON, body, headers);
  }

  private static JsonNode preview(String query, String body) {
    HttpResponse<String> answer = post(query, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Api.json(answer);
  }

  private static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  @Test
  void it_changes_nothing() {
    List<String> places =
        List.of(
            "/v1/accounts?limit=1000",
            "/v1/accounts?closed=true&limit=1000",
            "/v1/tier-changes?limit=1000",
            "/v1/scorecards",
            "/v1/scorecards/rescoring",
            "/v1/portfolio",
            "/v1/accounts/a1",
            "/v1/accounts/a1/history?days=90");
    List<JsonNode> before = places.stream().map(node::got).toList();
    preview("", BOTH);
    node.caughtUp();
    assertThat(places.stream().map(node::got).toList())
        .usingElementComparator(PreviewAnswersTest::butForTheMarker)
        .isEqualTo(before);
  }

  /** It is told where the read side is, by its name. */
  private static int butForTheMarker(JsonNode one, JsonNode other) {
    return one.toString()
        .replaceAll("~\\d+", "~")
        .compareTo(other.toString().replaceAll("~\\d+", "~"));
  }

  @Test
  void asked_again_it_answers_the_same() {
    assertThat(preview("", Histories.DRAFT)).isEqualTo(preview("", Histories.DRAFT));
  }

  @Test
  void what_is_in_force_moves_nobody() {
    JsonNode comparison = preview("", Histories.IN_FORCE).get("comparisons").get(0);
    assertThat(comparison.get("migration"))
        .isNotEmpty()
        .allMatch(each -> each.get("from").equals(each.get("to")));
    assertThat(comparison.get("tiers"))
        .allMatch(each -> each.get("before").equals(each.get("after")));
    assertThat(comparison.get("scores"))
        .allMatch(each -> each.get("before").equals(each.get("after")));
    assertThat(comparison.get("biggestMoves")).isEmpty();
  }

  @Test
  void accounts_that_are_closed_or_erased_do_not_count_until_they_are_back() {
    assertThat(preview("", Histories.DRAFT).get("accounts").asLong()).isEqualTo(OPEN);
    assertThat(node.send("DELETE", PortfolioNode.account("a11") + "/closed")).isEqualTo(200);
    assertThat(preview("", Histories.DRAFT).get("accounts").asLong()).isEqualTo(OPEN + 1);
    assertThat(node.send("PUT", PortfolioNode.account("a11") + "/closed")).isEqualTo(200);
    assertThat(preview("", Histories.DRAFT).get("accounts").asLong()).isEqualTo(OPEN);
  }

  @Test
  void an_account_counts_that_came_just_now() {
    node.labels("newcomer", "{\"segment\": \"smb\"}");
    assertThat(preview("", Histories.DRAFT).get("population").asLong()).isEqualTo(OPEN + 1);
    assertThat(node.send("DELETE", PortfolioNode.account("newcomer"))).isEqualTo(204);
    assertThat(preview("", Histories.DRAFT).get("population").asLong()).isEqualTo(OPEN);
  }

  @Test
  void as_NDJSON_it_tells_line_by_line_how_far_it_is_and_at_the_end_the_same() {
    HttpResponse<String> answer = post("", Histories.DRAFT, "Accept", "application/x-ndjson");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/x-ndjson");
    List<JsonNode> lines =
        answer.body().lines().filter(line -> !line.isBlank()).map(Contract::json).toList();
    List<JsonNode> progress = lines.subList(0, lines.size() - 1);
    assertThat(progress)
        .isNotEmpty()
        .allSatisfy(
            line -> {
              assertThat(line.at("/progress/accounts").asLong()).isEqualTo(OPEN);
              assertThat(line.at("/progress/asked").asLong()).isBetween(1L, OPEN);
            })
        .isSortedAccordingTo(Comparator.comparingLong(line -> line.at("/progress/asked").asLong()));
    assertThat(progress.get(progress.size() - 1).at("/progress/asked").asLong()).isEqualTo(OPEN);
    assertThat(lines.get(lines.size() - 1).get("preview")).isEqualTo(preview("", Histories.DRAFT));
  }

  @Test
  void of_a_sample_it_tells_between_what_the_shares_of_all_are() {
    JsonNode preview = preview("?sample=40", Histories.DRAFT);
    assertThat(preview.get("accounts").asInt()).isEqualTo(40);
    assertThat(preview.get("population").asLong()).isEqualTo(OPEN);
    long counted = 0;
    for (JsonNode tier : preview.at("/comparisons/0/tiers")) {
      JsonNode after = tier.get("after");
      counted += after.get("accounts").asLong();
      double share = after.get("accounts").asDouble() / 40;
      assertThat(after.get("share").asDouble()).isEqualTo(share);
      assertThat(after.get("low").asDouble()).isBetween(0.0, share);
      assertThat(after.get("high").asDouble())
          .isBetween(share, 1.0)
          .isGreaterThan(after.get("low").asDouble());
    }
    assertThat(counted).isEqualTo(40);
    assertThat(preview("?sample=40", Histories.DRAFT)).isEqualTo(preview);
  }

  @Test
  void a_sample_of_as_many_as_there_are_is_no_sample() {
    assertThat(preview("?sample=" + OPEN, Histories.DRAFT))
        .isEqualTo(preview("?sample=1000", Histories.DRAFT))
        .isEqualTo(preview("", Histories.DRAFT));
  }

  @Test
  void two_drafts_are_compared_with_what_is_in_force_and_with_each_other() {
    JsonNode preview = preview("", BOTH);
    String inForce = "version " + preview.get("version").asInt();
    List<JsonNode> comparisons = list(preview.get("comparisons"));
    assertThat(comparisons)
        .extracting(each -> each.get("before").asText(), each -> each.get("after").asText())
        .containsExactly(
            tuple(inForce, "drafts[0]"),
            tuple(inForce, "drafts[1]"),
            tuple("drafts[0]", "drafts[1]"));
    named(comparisons.get(0), "draft");
    assertThat(comparisons.get(0))
        .isEqualTo(preview("", Histories.DRAFT).get("comparisons").get(0));
    named(comparisons.get(1), "draft");
    assertThat(comparisons.get(1))
        .isEqualTo(preview("", Histories.IN_FORCE).get("comparisons").get(0));
    assertThat(ways(comparisons.get(2), "to", "from"))
        .containsExactlyInAnyOrderElementsOf(ways(comparisons.get(0), "from", "to"));
    assertThat(comparisons.get(2).get("biggestMoves").findValuesAsText("account"))
        .isEqualTo(comparisons.get(0).get("biggestMoves").findValuesAsText("account"));
  }

  private static void named(JsonNode comparison, String after) {
    ((ObjectNode) comparison).put("after", after);
  }

  private static List<String> ways(JsonNode comparison, String from, String to) {
    return list(comparison.get("migration")).stream()
        .map(each -> each.get(from) + " " + each.get(to) + " " + each.get("accounts"))
        .toList();
  }

  @Test
  void a_list_of_one_draft_is_a_draft() {
    JsonNode one = preview("", "{\"drafts\": [" + Histories.DRAFT + "]}");
    assertThat(one.get("comparisons")).hasSize(1);
    named(one.get("comparisons").get(0), "draft");
    assertThat(one).isEqualTo(preview("", Histories.DRAFT));
  }

  @Test
  void what_was_answered_of_scorecards_is_taken_as_a_draft() {
    String inForce = node.api().get("/v1/scorecards").body();
    assertThat(preview("", inForce)).isEqualTo(preview("", Histories.IN_FORCE));
  }

  @Test
  void signals_that_no_account_has_ever_sent_are_warned_of() {
    assertThat(preview("", UNSEEN).get("warnings").findValuesAsText("path"))
        .containsExactly(
            "scorecards[0].adjustments[1].signal", "scorecards[0].adjustments[2].signal");
    assertThat(preview("", UNSEEN).at("/warnings/0/problem").asText())
        .isEqualTo("no account has ever sent the signal \"logon\"");
    JsonNode both = preview("", "{\"drafts\": [" + Histories.DRAFT + ", " + UNSEEN + "]}");
    assertThat(both.get("warnings").findValuesAsText("path"))
        .containsExactly(
            "drafts[1].scorecards[0].adjustments[1].signal",
            "drafts[1].scorecards[0].adjustments[2].signal");
  }
}
