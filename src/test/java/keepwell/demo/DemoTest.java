package keepwell.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import keepwell.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the demo has to tell once it has lived through its last days. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DemoTest {
  private static final Instant NOW = Instant.parse("2026-03-03T04:30:00Z");

  private static TestNode node;
  private static DemoClient client;
  private static String written;

  @BeforeAll
  static void live(@TempDir Path data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DemoClock clock = new DemoClock(running(NOW));
    node = TestNode.start(data, Map.of(), clock);
    client = new DemoClient(node.uri());
    new Demo(
            node.uri(),
            Path.of("conf/scorecards/b2b-saas.json"),
            new PrintStream(out, true, StandardCharsets.UTF_8))
        .live(clock);
    written = out.toString(StandardCharsets.UTF_8);
  }

  /** Time that begins at an instant, and goes on. */
  private static InstantSource running(Instant begin) {
    long start = System.nanoTime();
    return () -> begin.plus(Duration.ofNanos(System.nanoTime() - start));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void two_hundred_customers_are_left() {
    assertThat(client.get("/v1/portfolio").path("accounts").asInt()).isEqualTo(200);
    assertThat(written).contains("238 made-up customers").contains("38 left");
  }

  @Test
  void the_score_tells_well_and_not_perfectly_who_has_left() {
    JsonNode validation = client.get("/v1/validation");
    assertThat(validation.path("churned").asInt()).isGreaterThanOrEqualTo(20);
    assertThat(validation.path("renewed").asInt()).isGreaterThanOrEqualTo(20);
    assertThat(validation.path("verdict").asText()).isEqualTo("predictive");
    assertThat(validation.at("/auc/value").asDouble()).isBetween(0.8, 0.92);
    assertThat(validation.path("tiers"))
        .allMatch(tier -> tier.path("asExpected").asBoolean(), "as expected");
    assertThat(validation.path("missed")).isNotEmpty();
  }

  @Test
  void customers_have_also_grown_and_shrunk() {
    Set<String> outcomes = new HashSet<>();
    DemoPortfolio.accounts().stream()
        .flatMap(account -> DemoOutcome.of(account, LocalDate.EPOCH).stream())
        .forEach(outcome -> outcomes.add(outcome.outcome()));
    assertThat(outcomes).containsExactlyInAnyOrder("renewed", "expanded", "downgraded");
  }

  @Test
  void some_tasks_are_open_and_some_of_them_overdue_and_most_are_done() {
    int open = tasks("state=open");
    assertThat(open).isBetween(5, 25);
    assertThat(tasks("overdue=true")).isBetween(1, open - 1);
    assertThat(tasks("state=done")).isGreaterThan(open);
  }

  private static int tasks(String query) {
    return client.get("/v1/tasks?limit=500&" + query).path("items").size();
  }

  @Test
  void accounts_have_changed_tier_this_week_and_day_by_day() {
    JsonNode portfolio = client.get("/v1/portfolio");
    assertThat(portfolio.at("/moves/7d")).hasSizeGreaterThan(2);
    assertThat(portfolio.path("days")).hasSizeGreaterThanOrEqualTo(10);
    assertThat(
            StreamSupport.stream(
                    client.get("/v1/tier-changes?limit=1000").path("items").spliterator(), false)
                .filter(change -> !change.path("quiet").asBoolean())
                .map(change -> change.path("at").asText().substring(0, 10))
                .distinct())
        .hasSizeGreaterThan(6);
  }

  @Test
  void nothing_is_held() {
    assertThat(client.get("/v1/storms").path("items")).isEmpty();
  }
}
