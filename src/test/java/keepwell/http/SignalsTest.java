package keepwell.http;

import static keepwell.http.SignalsNode.CSV;
import static keepwell.http.SignalsNode.GZIP;
import static keepwell.http.SignalsNode.JSON;
import static keepwell.http.SignalsNode.NDJSON;
import static keepwell.http.SignalsNode.counts;
import static keepwell.http.SignalsNode.gzip;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code POST /v1/signals}. Each test has accounts of its own. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SignalsTest {
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

  @Test
  void a_signal_that_is_answered_is_already_in_the_score_and_the_answer_says_so() {
    JsonNode answer =
        node.accepted(JSON, "{\"account\": \"one\", \"signal\": \"login\", \"user\": \"u\"}");
    counts(answer, 1, 0, 0);
    assertThat(answer.get("standing").toString())
        .isEqualTo("{\"account\":\"one\",\"score\":10.0,\"tier\":\"red\"}");
    assertThat(node.score("one")).isEqualTo(10);
  }

  @Test
  void an_array_has_no_standing_and_counts_what_became_of_each() {
    JsonNode answer =
        node.accepted(
            JSON,
            """
            [{"account": "array", "signal": "login", "id": "a"},
             {"account": "array", "signal": "login", "id": "a"},
             {"account": "array", "signal": "login", "id": "b", "at": "2026-03-01T12:06:00Z"},
             {"account": "array", "signal": "login", "id": "c", "at": "2026-02-28"}]
            """);
    counts(answer, 2, 1, 1);
    assertThat(answer.has("standing")).isFalse();
    assertThat(answer.at("/rejected/0").toString())
        .isEqualTo(
            "{\"index\":2,\"id\":\"b\",\"field\":\"at\","
                + "\"problem\":\"at is more than 5 minutes ahead of the clock\"}");
    assertThat(node.score("array")).isEqualTo(20);
  }

  @Test
  void ndjson_is_read_line_by_line_whatever_ends_its_lines() {
    JsonNode answer =
        node.accepted(
            NDJSON,
            """
            {"account":"lines","signal":"login"}\r

            {"account":"lines","signal":"login","value":null,"user":""}
            \t
            {"account":"lines","signal":"login"}""");
    counts(answer, 3, 0, 0);
    assertThat(node.score("lines")).isEqualTo(30);
  }

  @Test
  void csv_has_its_columns_in_any_order_and_quotes_where_it_needs_them() {
    String csv =
        """
        \uFEFFsignal,id,account,value,at
        login,1,"csv, ""quoted""\",,2026-03-01T13:00:00+02:00
        renewal-date,2,"csv, ""quoted""\",2026-12-31,
        login,3,"csv, ""quoted""\",2e0,2026-02-28
        """;
    counts(node.accepted(CSV, csv.replace("\n", "\r\n")), 3, 0, 0);
    assertThat(node.score("csv, \"quoted\"")).isEqualTo(20);
  }

  @Test
  void a_long_stream_is_recorded_whole_compressed_or_not() throws IOException {
    String lines =
        IntStream.range(0, 20_000)
            .mapToObj(i -> "stream-" + i % 100 + ",login,s-" + i)
            .collect(Collectors.joining("\n", "account,signal,id\n", "\n"));
    HttpResponse<String> response = node.api().post("/v1/signals", CSV, gzip(lines), GZIP);
    counts(Api.json(response), 20_000, 0, 0);
    counts(node.accepted(CSV, lines), 0, 20_000, 0);
    assertThat(node.score("stream-99")).isEqualTo(100);
  }

  @Test
  void of_many_rejected_the_first_hundred_are_shown_and_all_are_counted() {
    JsonNode answer = node.refused(422, CSV, "account,signal\n" + ",login\n".repeat(250));
    counts(answer, 0, 0, 250);
    assertThat(answer.get("rejected")).hasSize(100);
    assertThat(answer.at("/rejected/99/index").asInt()).isEqualTo(99);
  }

  @Test
  void a_backfill_settles_as_always() {
    String signal = "[" + "{\"account\":\"quiet\",\"signal\":\"login\"},".repeat(6);
    HttpResponse<String> response =
        node.api().post("/v1/signals?quiet=true", JSON, signal.replaceAll(",$", "]"));
    counts(Api.json(response), 6, 0, 0);
    assertThat(Api.json(node.api().get("/v1/accounts/quiet")).get("tier").asText())
        .isEqualTo("green");
    assertThat(node.api().post("/v1/signals?quiet=1", JSON, "[]").statusCode()).isEqualTo(400);
    assertThat(node.api().post("/v1/signals?loud=true", JSON, "[]").statusCode()).isEqualTo(400);
  }
}
