package keepwell.http;

import static keepwell.http.SignalsNode.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import keepwell.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
            Map.of("keepwell.accounts.signal-keys-max", 2, "keepwell.accounts.labels-max", 2),
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

  private static JsonNode refused(int status, HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(status);
    return Api.json(response);
  }
}
