package keepwell.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import keepwell.journal.TestDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Validations and calibrations that go on for long: here because outcomes are locked. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ValidationUnderWayTest {
  private static final String VALIDATION = "/v1/validation";
  private static final String CALIBRATION = "/v1/calibration";
  private static final String JSON = "application/json";
  private static final String[] LINES = {"Accept", "application/x-ndjson"};

  @TempDir Path data;
  @AutoClose private PortfolioNode node;
  @AutoClose private Connection database;

  @BeforeEach
  void start() throws SQLException {
    node = new PortfolioNode(data, TestDatabase.POSTGRESQL);
    Fates fates = new Fates(node);
    fates.stayed(Fates.range(40, 69));
    fates.left(Fates.range(20, 49));
    database = DriverManager.getConnection(node.url());
    database.setAutoCommit(false);
  }

  private static List<JsonNode> lines(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body().lines().filter(line -> !line.isBlank()).map(Contract::json).toList();
  }

  @Test
  void as_lines_a_validation_tells_how_far_it_is_and_what_was_found_last() {
    List<JsonNode> lines = lines(node.api().get(VALIDATION, LINES));
    assertThat(lines).first().hasToString("{\"progress\":{\"asked\":60,\"accounts\":60}}");
    assertThat(lines).last().extracting(last -> last.get("validation")).isEqualTo(json());
    String draft = node.api().get("/v1/scorecards").body();
    assertThat(lines(node.api().post(VALIDATION, JSON, draft, LINES)))
        .last()
        .extracting(last -> last.at("/validation/scorecards").asText())
        .isEqualTo("draft");
  }

  private JsonNode json() {
    return node.got(VALIDATION);
  }

  @Test
  void a_calibration_asks_all_accounts_twice() {
    String most = "{\"split\": {\"trainShare\": 0.95}}"; // so that there is a draft
    List<JsonNode> lines = lines(node.api().post(CALIBRATION, JSON, most, LINES));
    assertThat(lines).first().hasToString("{\"progress\":{\"asked\":60,\"accounts\":120}}");
    assertThat(lines.get(lines.size() - 2))
        .hasToString("{\"progress\":{\"asked\":120,\"accounts\":120}}");
    assertThat(lines)
        .last()
        .extracting(last -> last.get("calibration"))
        .isEqualTo(Api.json(node.api().post(CALIBRATION, JSON, most)));
  }

  @Test
  void one_that_fits_nothing_asks_them_once() {
    String none = "{\"from\": \"2026-02-16\"}";
    assertThat(lines(node.api().post(CALIBRATION, JSON, none, LINES)).get(0))
        .hasToString("{\"progress\":{\"asked\":0,\"accounts\":0}}");
    String few = "{\"split\": {\"label\": \"segment\", \"train\": [\"none\"]}}";
    List<JsonNode> lines = lines(node.api().post(CALIBRATION, JSON, few, LINES));
    assertThat(lines.get(lines.size() - 2))
        .hasToString("{\"progress\":{\"asked\":60,\"accounts\":60}}");
  }

  @Test
  void whoever_hangs_up_gives_the_place_back() throws SQLException, IOException {
    json(); // all outcomes are in the table then
    try (Statement statement = database.createStatement()) {
      statement.execute("LOCK TABLE \"outcome\" IN ACCESS EXCLUSIVE MODE");
    }
    Socket validation = asking("GET /v1/validation HTTP/1.1\r\nHost: x\r\n\r\n");
    Socket calibration =
        asking(
            "POST /v1/calibration HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Content-Length: 2\r\n\r\n{}");
    Awaitility.await().until(this::waiting, waiting -> waiting == 2);
    HttpResponse<String> third = node.api().get(VALIDATION);
    assertThat(third.statusCode()).isEqualTo(429);
    assertThat(third.headers().firstValue("Retry-After")).isPresent();
    assertThat(node.api().post(CALIBRATION, JSON, "{}").statusCode()).isEqualTo(429);
    validation.close();
    calibration.close();
    database.rollback();
    Awaitility.await().until(() -> node.api().get(VALIDATION).statusCode() == 200);
    Awaitility.await().until(() -> node.api().post(CALIBRATION, JSON, "{}").statusCode() == 200);
  }

  private Socket asking(String request) throws IOException {
    Socket socket = new Socket(node.uri().getHost(), node.uri().getPort());
    socket.getOutputStream().write(request.getBytes(UTF_8));
    socket.getOutputStream().flush();
    return socket;
  }

  private long waiting() throws SQLException {
    try (Connection connection = DriverManager.getConnection(node.url());
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND"
                    + " wait_event_type = 'Lock' AND query LIKE 'SELECT COUNT(DISTINCT%'")) {
      row.next();
      return row.getLong(1);
    }
  }
}
