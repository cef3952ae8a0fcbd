package keepwell.http;

import static keepwell.http.PortfolioNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import keepwell.journal.TestDatabase;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a dry run says of playbooks that were in force all the time is what they have done: for any
 * accounts, whatever has become of them. The clock is the test's; each account's score is its mood.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DryRunAsLivedTest {
  private static final int ACCOUNTS = 40;
  private static final int DAYS = 14;

  /** One of each kind. */
  private static final List<String> PLAYBOOKS =
      List.of(
          "{'key': 'red', 'trigger': {'to': 'red'}, 'steps': [{'task': 'Call', 'due': 'P1D'},"
              + " {'notify': 'email', 'template': 'alert'},"
              + " {'after': 'P5D', 'steps': [{'notify': 'slack', 'template': 'alert'}]}]}",
          "{'key': 'to-green', 'trigger': {'from': 'yellow', 'to': 'green'}, 'coolDown': 'P6D',"
              + " 'steps': [{'notify': 'webhook'}]}",
          "{'key': 'below', 'trigger': {'below': 65}, 'arrAtLeast': 100,"
              + " 'steps': [{'task': 'Look', 'due': 'P1D', 'owner': 'kim'}]}",
          "{'key': 'drop', 'trigger': {'drop': 25, 'within': 'P4D'},"
              + " 'steps': [{'invite': 'Where we stand', 'in': 'P3D'}]}",
          "{'key': 'spent', 'trigger': {'in': 'yellow', 'for': 'P3D'},"
              + " 'steps': [{'task': 'Look', 'due': 'P1D'}]}",
          "{'key': 'declining', 'trigger': {'in': 'red', 'for': 'P2D', 'still': 'declining'},"
              + " 'steps': [{'task': 'Look', 'due': 'P1D'}]}",
          "{'key': 'renewal', 'trigger': {'renewingWithin': 'P10D', 'notIn': 'green'},"
              + " 'when': {'segment': ['smb']}, 'steps': [{'task': 'Look', 'due': 'P1D'}]}",
          "{'key': 'back', 'trigger': {'backTo': 'green', 'within': 'P5D'},"
              + " 'steps': [{'notify': 'webhook'}]}");

  @TempDir Path data;

  @ParameterizedTest
  @CsvSource({"EMBEDDED, 20260302", "POSTGRESQL, 20260303"})
  void it_tells_of_playbooks_that_were_in_force_what_they_have_done(TestDatabase kind, long seed) {
    try (PlaybookNode node = new PlaybookNode(data, kind, PLAYBOOKS.toArray(String[]::new))) {
      live(node, new Random(seed));
      JsonNode dryRun = dryRun(node);
      assertThat(dryRun.get("accounts").asInt()).isEqualTo(ACCOUNTS + 1); // the marker is closed
      assertThat(dryRun.get("from").asText()).isEqualTo(PortfolioNode.TODAY.toString());
      assertThat(dryRun.get("to").asText()).isEqualTo(node.portfolio().today().toString());
      Map<String, Integer> days = new TreeMap<>();
      for (JsonNode told : dryRun.get("playbooks")) {
        List<JsonNode> runs = node.runs(told.get("playbook").asText());
        countsAre(told, runs);
        told.get("latest").forEach(example -> wasOneOf(runs, example));
        runs.forEach(
            run -> days.merge(run.get("beganAt").asText().substring(0, 10), 1, Integer::sum));
      }
      Map<String, Integer> told = new TreeMap<>();
      dryRun.get("days").forEach(day -> told.put(day.get("day").asText(), day.get("runs").asInt()));
      assertThat(told).isEqualTo(days);
      assertThat(node.tasks("?state=open&limit=500"))
          .hasSize(
              IntStream.range(0, PLAYBOOKS.size())
                  .map(i -> dryRun.at("/playbooks/" + i + "/tasks").asInt())
                  .sum());
    }
  }

  /** Each account has another mood on some days, and on none more than one; or a little less. */
  private static void live(PlaybookNode node, Random random) {
    double[] moods = new double[ACCOUNTS];
    for (int i = 0; i < ACCOUNTS; i++) {
      node.portfolio().labels("a" + i, "{\"segment\": \"" + (i % 2 == 0 ? "smb" : "large") + "\"}");
    }
    for (int day = 0; day < DAYS; day++) {
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < ACCOUNTS; i++) {
        if (day == 0) {
          lines.add("a%d,arr,%d".formatted(i, random.nextInt(200)));
          lines.add(
              "a%d,renewal-date,%s"
                  .formatted(i, PortfolioNode.TODAY.plusDays(1 + random.nextInt(30))));
        }
        if (day == 0 || random.nextInt(3) == 0) {
          boolean little = day > 0 && random.nextBoolean();
          moods[i] =
              little ? Math.max(0, moods[i] - random.nextInt(15) / 10.0) : random.nextInt(101);
          lines.add("a%d,mood,%s".formatted(i, moods[i]));
        }
      }
      node.portfolio().signals(lines.toArray(String[]::new));
      node.settled(); // an account that is asked answers how it stands then
      if (day < DAYS - 1) {
        node.days(1);
      }
    }
    node.portfolio().pass(Duration.ofSeconds(3)); // what is noticed may be held for two
    await().until(() -> node.waitingSteps() == 0);
  }

  private static JsonNode dryRun(PlaybookNode node) {
    HttpResponse<String> answer =
        node.api()
            .post(
                "/v1/playbooks/dry-run?days=" + DAYS,
                "application/json",
                DryRunTest.document(PLAYBOOKS.toArray(String[]::new)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Api.json(answer);
  }

  private static void countsAre(JsonNode told, List<JsonNode> runs) {
    assertThat(runs).as(told.toString()).isNotEmpty();
    assertThat(
            List.of(
                told.get("runs").asLong(),
                told.get("accounts").asLong(),
                told.get("recovered").asLong(),
                told.at("/messages/slack").asLong()))
        .as(told + " but " + runs)
        .containsExactly(
            (long) runs.size(),
            runs.stream().map(run -> run.get("account")).distinct().count(),
            runs.stream().filter(run -> run.get("ending").asText().equals("recovered")).count(),
            runs.stream()
                .flatMap(run -> run.get("steps").findValuesAsText("note").stream())
                .filter("Slack is not configured"::equals) // it would have been told there
                .count());
  }

  private static void wasOneOf(List<JsonNode> runs, JsonNode example) {
    assertThat(runs)
        .as(example.toString())
        .anySatisfy(
            run -> {
              assertThat(run.get("account")).isEqualTo(example.get("account"));
              assertThat(run.get("beganAt").asText()).startsWith(example.get("day").asText());
              assertThat(run.at("/cause/trigger")).isEqualTo(example.at("/cause/trigger"));
              assertThat(run.at("/cause/days")).isEqualTo(example.at("/cause/days"));
              assertThat(run.at("/cause/previousScore"))
                  .isEqualTo(example.at("/cause/previousScore"));
            });
  }
}
