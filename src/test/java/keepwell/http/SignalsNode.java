package keepwell.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import keepwell.TestNode;

/** A node that takes signals, at noon of 2026-03-01; ten points for each login of the last week. */
final class SignalsNode implements AutoCloseable {
  static final String JSON = "application/json";
  static final String NDJSON = "application/x-ndjson";
  static final String CSV = "text/csv";
  static final String[] GZIP = {"Content-Encoding", "gzip"};
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final TestNode node;
  private final Api api;

  SignalsNode(Path data) {
    node = TestNode.start(data, Map.of("keepwell.http.line-bytes-max", "8 KiB"), () -> NOW);
    api = new Api(node.uri());
    api.put(
        "/v1/scorecards",
        """
        {"scorecards": [{"key": "logins",
          "tiers": [{"key": "green", "from": 50}, {"key": "red", "from": 0}],
          "adjustments": [{"key": "login", "signal": "login", "points": 10, "window": "P7D"}]}]}
        """);
  }

  Api api() {
    return api;
  }

  JsonNode accepted(String type, String body, String... headers) {
    HttpResponse<String> response = api.post("/v1/signals", type, body, headers);
    assertThat(response.statusCode()).isEqualTo(200);
    return Api.json(response);
  }

  JsonNode refused(int status, String type, String body, String... headers) {
    HttpResponse<String> response = api.post("/v1/signals", type, body, headers);
    assertThat(response.statusCode()).isEqualTo(status);
    return Api.json(response);
  }

  static void counts(JsonNode answer, int accepted, int duplicates, int rejected) {
    assertThat(answer.get("accepted").asInt()).isEqualTo(accepted);
    assertThat(answer.get("duplicates").asInt()).isEqualTo(duplicates);
    assertThat(answer.get("rejectedCount").asInt()).isEqualTo(rejected);
  }

  double score(String account) {
    return Api.json(api.get("/v1/accounts/" + Api.encoded(account))).get("score").asDouble();
  }

  static byte[] gzip(String text) throws IOException {
    return gzip(text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    }
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    node.close();
  }
}
