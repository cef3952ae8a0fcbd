package keepwell.http;

import static keepwell.http.PortfolioNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import keepwell.journal.TestDatabase;

/** A node whose playbooks are a test's own: see {@link PortfolioNode} for its clock and scores. */
final class PlaybookNode implements AutoCloseable {
  private final PortfolioNode node;

  PlaybookNode(Path data, TestDatabase kind, String... playbooks) {
    this(new PortfolioNode(data, kind), playbooks);
  }

  PlaybookNode(PortfolioNode node, String... playbooks) {
    this.node = node;
    put(playbooks);
  }

  @Override
  public void close() {
    node.close();
  }

  PortfolioNode portfolio() {
    return node;
  }

  Api api() {
    return node.api();
  }

  /** Puts these in the place of those before, with apostrophes for quotes. */
  JsonNode put(String... playbooks) {
    String document =
        "{\"people\": {\"dana\": \"dana@example.com\"}, \"playbooks\": [%s]}"
            .formatted(String.join(",", playbooks).replace('\'', '"'));
    HttpResponse<String> answer = api().put("/v1/playbooks", document);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Api.json(answer);
  }

  /** An account, its moods one after the other. */
  void moods(String account, double... moods) {
    for (double mood : moods) {
      node.signals("%s,mood,%s".formatted(account, mood));
    }
  }

  /** The runs of a playbook, the newest first, once it is known what was acknowledged. */
  List<JsonNode> runs(String playbook) {
    List<JsonNode> runs = new ArrayList<>();
    got("/v1/playbooks/" + playbook + "/runs").get("items").forEach(runs::add);
    return runs;
  }

  /** Waits for so many runs. */
  List<JsonNode> runs(String playbook, int count) {
    await().until(() -> runs(playbook).size() >= count);
    assertThat(runs(playbook)).hasSize(count);
    return runs(playbook);
  }

  /** Waits until a run has done all that is due by now, as the clock goes on a little. */
  JsonNode done(String playbook, int steps) {
    settled();
    node.pass(Duration.ofSeconds(3)); // what is noticed may be held for two
    await()
        .until(
            () ->
                runs(playbook, 1).get(0).get("steps").findValuesAsText("state").stream()
                        .filter(state -> !state.equals("waiting"))
                        .count()
                    >= steps);
    return runs(playbook).get(0);
  }

  JsonNode got(String path) {
    return node.got(path);
  }

  JsonNode patch(String path, String json) {
    HttpResponse<String> answer =
        api()
            .send(
                "PATCH",
                path,
                BodyPublishers.ofString(json.replace('\'', '"')),
                "Content-Type",
                "application/json");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Api.json(answer);
  }

  /** Tasks, those that are due first come first. */
  List<JsonNode> tasks(String query) {
    List<JsonNode> tasks = new ArrayList<>();
    got("/v1/tasks" + query).get("items").forEach(tasks::add);
    return tasks;
  }

  /** Lets days pass one by one, each with all that it brings about. */
  void days(int count) {
    for (int i = 0; i < count; i++) {
      node.pass(1);
      settled();
    }
  }

  /** Waits until it is known to playbooks what was acknowledged, and which days are over. */
  void settled() {
    node.caughtUp();
    long version = got("/v1/playbooks").get("version").asLong();
    await().until(() -> ordering("playbook-version") >= version);
    await().until(() -> ordering("playbooks") >= ordering("portfolio"));
    await().until(() -> ordering("playbook-days") == node.today().toEpochDay() - 1);
    await().until(() -> number("SELECT COUNT(*) FROM \"run\" WHERE \"state\" = 'suspected'") == 0);
  }

  /** How many rows a table has. */
  long rows(String table) {
    return number("SELECT COUNT(*) FROM \"%s\"".formatted(table));
  }

  /** How many steps are due and not done. */
  long waitingSteps() {
    return number(
        "SELECT COUNT(*) FROM \"run_step\" WHERE \"state\" = 'waiting' AND \"due_at\" <= "
            + node.now().toEpochMilli());
  }

  private long ordering(String projection) {
    return number(
        "SELECT \"ordering\" FROM \"projection\" WHERE \"name\" = '%s'".formatted(projection));
  }

  void execute(String sql) {
    try (Connection connection = DriverManager.getConnection(node.url());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private long number(String select) {
    try (Connection connection = DriverManager.getConnection(node.url());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(select)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
