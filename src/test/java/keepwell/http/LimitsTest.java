package keepwell.http;

import static keepwell.http.SignalsNode.JSON;
import static keepwell.http.SignalsNode.NDJSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import keepwell.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How much an account, a request and a node take, by settings that allow little. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LimitsTest {
  @TempDir static Path data;
  private static TestNode node;
  private static Api api;

  @BeforeAll
  static void start() {
    node =
        TestNode.start(
            data,
            Map.of(
                "keepwell.accounts.signal-keys-max",
                2,
                "keepwell.accounts.labels-max",
                2,
                "keepwell.http.body-time-max",
                "300ms",
                "keepwell.http.line-time-max",
                "2s",
                "keepwell.http.uri-bytes-max",
                "500 B",
                "keepwell.http.header-bytes-max",
                "600 B",
                "keepwell.http.headers-max",
                7,
                "keepwell.http.event-streams-max",
                2),
            InstantSource.system());
    api = new Api(node.uri());
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void a_signal_of_a_key_too_many_is_rejected_by_itself() {
    HttpResponse<String> response =
        api.post(
            "/v1/signals",
            JSON,
            """
            [{"account": "a", "signal": "login"}, {"account": "a", "signal": "seats"},
             {"account": "a", "signal": "ticket", "id": "t-1"}, {"account": "a", "signal": "login"}]
            """);
    assertThat(response.statusCode()).isEqualTo(200);
    JsonNode answer = Api.json(response);
    assertThat(answer.get("accepted").asInt()).isEqualTo(3);
    assertThat(answer.get("rejected"))
        .isEqualTo(
            Contract.json(
                """
                [{"index": 2, "id": "t-1", "field": "signal",
                  "problem": "signal is a new key of an account that has as many as\
                 accounts.signal-keys-max allows"}]
                """));
  }

  @Test
  void labels_that_would_be_too_many_are_refused() {
    JsonNode problem =
        refused(422, api.put("/v1/accounts/b", "{\"x\": \"1\", \"y\": \"1\", \"z\": \"1\"}"));
    assertThat(problem.get("type").asText()).endsWith(":labels-too-many");
    assertThat(problem.get("detail").asText()).contains("accounts.labels-max");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/accounts/URI | X-A: a | 414 URI Too Long | URI length exceeds the configured limit of 500 characters",
        "/v1/portfolio | X-A: HEADER | 431 Request Header Fields Too Large | HTTP header value exceeds the configured limit of 600 characters",
        "/v1/portfolio | HEADERS | 400 Bad Request | HTTP message contains more than the configured limit of 7 headers"
      })
  void a_request_whose_head_is_too_large_is_refused_with_the_limit(
      String path, String header, String status, String detail) throws IOException {
    String head =
        "GET %s HTTP/1.1\r\nHost: a\r\n%s\r\n\r\n"
            .formatted(
                path.replace("URI", "a".repeat(500)),
                header
                    .replace("HEADERS", "X-A: a\r\n".repeat(7) + "X-A: a")
                    .replace("HEADER", "a".repeat(601)));
    try (RawConnection connection = new RawConnection(node.uri())) {
      connection.send(head);
      assertThat(connection.answer())
          .startsWith("HTTP/1.1 " + status + "\r\n")
          .contains("\"type\":\"urn:keepwell:problem:unreadable\"", detail);
    }
  }

  @Test
  void a_document_that_is_not_there_in_time_is_refused_and_its_connection_closed()
      throws IOException {
    for (String path : List.of("POST /v1/signals", "PUT /v1/accounts/slow", "PUT /v1/scorecards")) {
      try (RawConnection connection = new RawConnection(node.uri())) {
        connection.send(head(path, JSON, "Content-Length: 100") + "{");
        assertThat(connection.answer())
            .startsWith("HTTP/1.1 408 Request Timeout\r\n")
            .contains(":too-slow\"", "The body was not there within 0.3 seconds.");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x"})
  void a_stream_that_brings_no_whole_line_ends_and_what_came_before_is_stored(String dribble)
      throws IOException {
    try (RawConnection connection = new RawConnection(node.uri())) {
      connection.send(head("POST /v1/signals", NDJSON, "Transfer-Encoding: chunked"));
      connection.chunk("{\"account\": \"slow\", \"signal\": \"login\"}\n{");
      if (!dribble.isEmpty()) {
        await().until(() -> connection.hasAnswer() || connection.chunk(dribble));
      }
      assertThat(connection.answer())
          .startsWith("HTTP/1.1 408 Request Timeout\r\n")
          .contains(":too-slow\"", "within 2.0 seconds", "\"accepted\":1");
    }
  }

  @Test
  void blank_lines_keep_a_stream_open() throws IOException {
    try (RawConnection connection = new RawConnection(node.uri());
        RawConnection silent = new RawConnection(node.uri())) {
      connection.send(head("POST /v1/signals", NDJSON, "Transfer-Encoding: chunked"));
      silent.send(head("POST /v1/signals", NDJSON, "Transfer-Encoding: chunked"));
      await()
          .until(
              () -> {
                connection.chunk("\n");
                return silent.hasAnswer();
              });
      connection.chunk("{\"account\": \"blank\", \"signal\": \"login\"}\n");
      connection.send("0\r\n\r\n");
      assertThat(connection.line()).isEqualTo("HTTP/1.1 200 OK");
    }
  }

  @Test
  void so_many_listen_to_tier_changes_and_another_does_once_one_of_them_has_gone()
      throws IOException, InterruptedException {
    String[] stream = {"Accept", "text/event-stream"};
    try (EventStream first = new EventStream(node.uri(), "")) {
      try (EventStream second = new EventStream(node.uri(), "")) {
        HttpResponse<String> response = api.get("/v1/tier-changes", stream);
        JsonNode problem = refused(503, response);
        assertThat(problem.get("type").asText()).endsWith(":event-streams-too-many");
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        assertThat(api.get("/v1/tier-changes").statusCode()).isEqualTo(200);
        assertThat(second).isNotNull();
      }
      await().untilAsserted(() -> new EventStream(node.uri(), "").close());
      api.put("/v1/accounts/new", "{\"owner\": \"x\"}");
      api.send("DELETE", "/v1/accounts/new", BodyPublishers.noBody());
      assertThat(first.next(1)).isNotEmpty();
    }
  }

  private static String head(String target, String type, String length) {
    return "%s HTTP/1.1\r\nHost: a\r\nContent-Type: %s\r\n%s\r\n\r\n"
        .formatted(target, type, length);
  }

  private static JsonNode refused(int status, HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(status);
    return Api.json(response);
  }
}
