package keepwell.http;

import static keepwell.http.SignalsNode.CSV;
import static keepwell.http.SignalsNode.GZIP;
import static keepwell.http.SignalsNode.JSON;
import static keepwell.http.SignalsNode.NDJSON;
import static keepwell.http.SignalsNode.counts;
import static keepwell.http.SignalsNode.gzip;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /v1/signals}: bodies that are small when they are sent. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BombsTest {
  private static final int MEBIBYTE = 1 << 20;

  @TempDir static Path data;
  private static SignalsNode node;

  @BeforeAll
  static void start() {
    node = new SignalsNode(data);
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static JsonNode sent(int status, String type, byte[] body, String... headers) {
    HttpResponse<String> response = node.api().post("/v1/signals", type, body, headers);
    assertThat(response.statusCode()).isEqualTo(status);
    return Api.json(response);
  }

  private static byte[] deflated(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflate = new DeflaterOutputStream(bytes)) {
      deflate.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "a", "[", " "})
  void a_stream_that_grows_beyond_measure_ends_and_what_came_before_is_stored(String filling)
      throws IOException {
    String text = "account,signal\nbefore,login\n" + filling.repeat(20 * MEBIBYTE);
    JsonNode problem = sent(413, CSV, gzip(text), GZIP);
    counts(problem, 1, 0, 0);
    assertThat(problem.get("type").asText()).isEqualTo("urn:keepwell:problem:inflates-too-much");
    assertThat(problem.get("detail").asText())
        .isEqualTo("The body grows to more than a mebibyte and 600 times its size as it was sent.");
    counts(sent(413, CSV, deflated(text), "Content-Encoding", "deflate"), 1, 0, 0);
  }

  @Test
  void signals_that_are_all_the_same_are_taken() throws IOException {
    String lines = "same,login\n".repeat(200_000);
    counts(sent(200, CSV, gzip("account,signal\n" + lines), GZIP), 200_000, 0, 0);
  }

  @ParameterizedTest
  @CsvSource({"' ', 413, too-large", "[, 400, unreadable"})
  void a_document_grows_no_further_than_it_may_be_large(String filling, int status, String type)
      throws IOException {
    String document = filling.repeat((status == 413 ? 20 : 1) * MEBIBYTE);
    JsonNode problem = sent(status, JSON, gzip(document), GZIP);
    assertThat(problem.get("type").asText()).endsWith(":" + type);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip, gzip", "gzip, identity, deflate", "br", "gzip, br"})
  void several_encodings_and_those_that_are_not_known_are_refused(String encodings) {
    JsonNode problem = node.refused(415, NDJSON, "any", "Content-Encoding", encodings);
    assertThat(problem.get("type").asText()).endsWith(":unsupported-encoding");
    node.refused(415, JSON, "any", "Content-Encoding", encodings);
  }

  @Test
  void a_body_that_is_not_encoded_at_all_may_say_so() {
    String[] identity = {"Content-Encoding", "identity"};
    counts(node.accepted(JSON, "{\"account\": \"plain\", \"signal\": \"x\"}", identity), 1, 0, 0);
  }
}
