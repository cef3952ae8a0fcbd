package keepwell.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import keepwell.journal.TestDatabase;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code GET /v1/reports/weekly} of a few accounts whose week is known. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class WeeklyReportTest {
  private static final String REPORT = "/v1/reports/weekly";

  @TempDir Path data;
  @AutoClose private PortfolioNode node;

  /**
   * On 15 March acme and initrode are red and globex yellow, since that day; hooli has been red for
   * eleven days, initech has risen, and piper is closed. The playbooks are those that come with
   * Keepwell.
   */
  private void start(TestDatabase kind) {
    node = new PortfolioNode(data, kind);
    assertThat(node.api().put("/v1/playbooks", playbooks()).statusCode()).isEqualTo(200);
    node.signals(
        "acme,mood,90",
        "acme,arr,100000",
        "acme,renewal-date,2026-04-10",
        "globex,mood,85",
        "globex,arr,50000",
        "globex,renewal-date,2026-05-15",
        "initech,mood,60",
        "initech,arr,20000",
        "initech,renewal-date,2026-03-20",
        "initrode,mood,81",
        "initrode,arr,200000.4",
        "hooli,mood,90",
        "hooli,renewal-date,2026-03-15",
        "piper,mood,90",
        "piper,arr,999",
        "piper,renewal-date,2026-03-16");
    node.labels("acme", "{\"name\": \"Acme\", \"owner\": \"dana\"}");
    node.caughtUp().pass(3);
    node.portfolioThrough("2026-03-03");
    node.signals("hooli,mood,45");
    node.caughtUp().pass(11);
    node.portfolioThrough("2026-03-14");
    node.signals(
        "acme,mood,40", "initrode,mood,20", "globex,mood,60", "initech,mood,91", "piper,mood,10");
    assertThat(node.send("PUT", PortfolioNode.account("piper") + "/closed")).isEqualTo(200);
    node.caughtUp();
  }

  private static List<String> accounts(JsonNode lines) {
    return lines.findValuesAsText("account");
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  @ParameterizedTest
  @EnumSource
  void the_numbers_of_a_week_are_those_worked_out_by_hand(TestDatabase kind) {
    start(kind);
    JsonNode report = node.got(REPORT);
    assertThat(report.get("from").asText()).isEqualTo("2026-03-08T00:00:00Z");
    assertThat(report.at("/entered/0/tier/key").asText()).isEqualTo("red");
    assertThat(report.at("/entered/0/all").toString())
        .isEqualTo("{\"accounts\":2,\"arr\":300000.4}");
    assertThat(accounts(report.at("/entered/0/items"))).containsExactly("initrode", "acme");
    JsonNode acme = report.at("/entered/0/items/1");
    assertThat(acme.get("name").asText()).isEqualTo("Acme");
    assertThat(acme.get("owner").asText()).isEqualTo("dana");
    assertThat(acme.at("/from/key").asText()).isEqualTo("green");
    assertThat(acme.get("since").asText()).startsWith("2026-03-15T12:00:00");
    assertThat(acme.get("score").asDouble()).isEqualTo(40);
    assertThat(acme.at("/why/lost").asDouble()).isEqualTo(60);
    assertThat(accounts(report.at("/entered/1/items"))).containsExactly("globex");
    assertThat(report.get("tiers").toString())
        .isEqualTo(
            """
            [{"tier":{"key":"green","name":"green","rank":"best"},\
            "now":{"accounts":1,"arr":20000.0},"weekAgo":{"accounts":4,"arr":350999.4},\
            "change":{"accounts":-3,"arr":-330999.4}},\
            {"tier":{"key":"yellow","name":"yellow","rank":"next"},\
            "now":{"accounts":1,"arr":50000.0},"weekAgo":{"accounts":1,"arr":20000.0},\
            "change":{"accounts":0,"arr":30000.0}},\
            {"tier":{"key":"red","name":"red","rank":"worst"},\
            "now":{"accounts":3,"arr":300000.4},"weekAgo":{"accounts":1,"arr":0.0},\
            "change":{"accounts":2,"arr":300000.4}}]""");
    assertThat(accounts(report.get("fell"))).containsExactly("initrode", "acme", "globex");
    assertThat(report.at("/fell/0/change").asDouble()).isEqualTo(-61);
    assertThat(accounts(report.get("rose"))).containsExactly("initech");
    assertThat(report.at("/rose/0/change").asDouble()).isEqualTo(31);
    assertThat(report.at("/renewals/all").toString())
        .isEqualTo("{\"accounts\":2,\"arr\":100000.0}");
    assertThat(accounts(report.at("/renewals/items"))).containsExactly("hooli", "acme");
    assertThat(texts(report.get("headline")))
        .startsWith(
            "2 accounts worth 300,000 a year became red this week, and 1 worth 50,000 became"
                + " yellow.",
            "3 are red now, worth 300,000 a year: 2 more than a week ago.")
        .last()
        .asString()
        .startsWith("2 accounts worth 100,000 a year renew within 60 days and are not green; ");
  }

  @Test
  void what_playbooks_gave_people_to_do_and_began_is_in_it() {
    start(TestDatabase.EMBEDDED);
    PortfolioNode.await()
        .until(() -> node.got(REPORT).get("runs").toString().contains("\"red-high-value\""));
    PortfolioNode.await()
        .until(
            () -> {
              node.pass(1);
              return accounts(node.got(REPORT).at("/tasks/items")).contains("acme");
            });
  }

  @Test
  void neither_a_first_tier_is_told_nor_what_a_backfill_does() {
    start(TestDatabase.EMBEDDED);
    node.signals("new,mood,10");
    node.signals("?quiet=true", List.of("hooli,mood,90"));
    node.pass(1);
    node.signals("?quiet=true", List.of("hooli,mood,30"));
    node.caughtUp();
    JsonNode report = node.got(REPORT);
    assertThat(accounts(report.at("/entered/0/items"))).containsExactly("initrode", "acme");
    assertThat(report.at("/tiers/2/now/accounts").asInt()).isEqualTo(4);
  }

  @Test
  void a_person_gets_a_page_that_shows_nothing_but_itself() {
    start(TestDatabase.EMBEDDED);
    HttpResponse<String> page = node.api().get(REPORT, "Accept", "text/html,*/*;q=0.8");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'none'; style-src 'sha256-")
        .doesNotContain("unsafe", "script", "self");
    assertThat(page.body()).contains("2 accounts worth 300,000 a year became red this week");
    assertThat(node.refusedField(REPORT + "?days=3")).isEqualTo("days");
  }

  private static String playbooks() {
    try {
      return Files.readString(Path.of("conf/playbooks/default.json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void a_portfolio_without_accounts_has_a_report_too() {
    node = new PortfolioNode(data);
    assertThat(texts(node.got(REPORT).get("headline")))
        .containsExactly(
            "No account became yellow or red this week.",
            "No account that is not green renews within 60 days; no task is overdue.");
    assertThat(node.api().get(REPORT, "Accept", "text/html").statusCode()).isEqualTo(200);
  }
}
