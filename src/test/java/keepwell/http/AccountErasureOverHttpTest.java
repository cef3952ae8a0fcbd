package keepwell.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import keepwell.TestNode;
import keepwell.journal.Database;
import keepwell.journal.Dump;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code DELETE /v1/accounts/{id}}. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AccountErasureOverHttpTest {
  private static final String JSON = "application/json";
  private static final String ACCOUNT = "/v1/accounts/acme";

  @TempDir Path data;

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));
  private TestNode node;
  private Api api;

  @BeforeEach
  void start() {
    node = TestNode.start(data, Map.of(), now::get);
    api = new Api(node.uri());
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private int erase(String path) {
    return api.send("DELETE", path, BodyPublishers.noBody()).statusCode();
  }

  private HttpResponse<String> signal(String at, String id) {
    String signal = "{\"account\":\"acme\",\"signal\":\"login\",\"at\":\"%s\",\"id\":\"%s\"}";
    return api.post("/v1/signals", JSON, signal.formatted(at, id));
  }

  @Test
  void an_erased_account_is_not_found_and_nothing_that_it_sent_is_in_the_catalogue() {
    signal("2026-03-01T11:00:00Z", "1");
    api.put(ACCOUNT, "{\"name\": \"Acme\"}");
    assertThat(erase(ACCOUNT)).isEqualTo(204);
    for (String path : new String[] {"", "?asOf=2026-02-28", "/history", "/explanation"}) {
      assertThat(api.get(ACCOUNT + path).statusCode()).isEqualTo(404);
    }
    assertThat(erase(ACCOUNT + "/override")).isEqualTo(404);
    assertThat(api.put(ACCOUNT, "{\"name\": null}").statusCode()).isEqualTo(404);
    assertThat(Api.json(api.get("/v1/signals")).get("total").asInt()).isZero();
  }

  @Test
  void once_answered_it_is_nowhere_in_the_database_and_else_it_is_to_be_tried_again()
      throws SQLException {
    signal("2026-03-01T11:00:00Z", "1");
    try (Database database = Database.open(Database.embeddedUrl(data), "", "", 2)) {
      try (Connection other = database.dataSource().getConnection();
          Statement statement = other.createStatement()) {
        other.setAutoCommit(false); // holds up the catalogue, and so the erasure
        statement.execute("SELECT * FROM \"projection\" FOR UPDATE");
        var answer = api.send("DELETE", ACCOUNT, BodyPublishers.noBody());
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(api.get(ACCOUNT).statusCode()).isEqualTo(404);
        assertThat(Dump.of(database).tablesWith("acme")).isNotEmpty();
        other.rollback();
      }
      assertThat(erase(ACCOUNT)).isEqualTo(204);
      assertThat(Dump.of(database).tablesWith("acme")).isEmpty();
    }
  }

  @Test
  void it_can_be_erased_again_and_again_but_not_if_it_never_was() {
    signal("2026-03-01T11:00:00Z", "1");
    assertThat(erase(ACCOUNT)).isEqualTo(204);
    assertThat(erase(ACCOUNT)).isEqualTo(204);
    stop();
    start();
    assertThat(erase(ACCOUNT)).isEqualTo(204);
    assertThat(erase("/v1/accounts/nobody")).isEqualTo(404);
    assertThat(erase("/v1/accounts/" + "x".repeat(201))).isEqualTo(400);
    assertThat(erase(ACCOUNT + "?quiet=true")).isEqualTo(400);
  }

  @Test
  void signals_dated_before_are_rejected_one_by_one_and_the_others_start_it_anew() {
    signal("2026-03-01T11:00:00Z", "1");
    erase(ACCOUNT);
    HttpResponse<String> old = signal("2026-03-01T11:59:59.999Z", "2");
    assertThat(old.statusCode()).isEqualTo(422);
    assertThat(Api.json(old).get("type").asText()).endsWith(":all-rejected");

    now.set(Instant.parse("2026-03-01T12:00:05Z"));
    JsonNode mixed =
        Api.json(
            api.post(
                "/v1/signals",
                JSON,
                """
                [{"account": "acme", "signal": "login", "at": "2026-03-01", "id": "3"},
                 {"account": "acme", "signal": "login", "id": "1"},
                 {"account": "acme", "signal": "login", "id": "1"}]
                """));
    assertThat(mixed.get("accepted").asInt()).isEqualTo(1);
    assertThat(mixed.get("duplicates").asInt()).isEqualTo(1);
    assertThat(mixed.get("rejected").toString())
        .isEqualTo(
            "[{\"index\":0,\"id\":\"3\",\"field\":\"at\","
                + "\"problem\":\"at is before the account was erased\"}]");
    assertThat(Api.json(api.get(ACCOUNT)).get("labels")).isEmpty();
    assertThat(Api.json(api.get("/v1/signals")).at("/signals/0/accounts").asInt()).isEqualTo(1);
    assertThat(erase(ACCOUNT)).isEqualTo(204);
    assertThat(api.get(ACCOUNT).statusCode()).isEqualTo(404);
  }
}
