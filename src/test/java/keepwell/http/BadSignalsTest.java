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
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /v1/signals}: what is wrong is named, and harms nothing else. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BadSignalsTest {
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
  void a_single_signal_that_its_account_refuses_is_a_problem_without_a_standing() {
    JsonNode problem =
        node.refused(422, JSON, "{\"account\": \"a\", \"signal\": \"x\", \"at\": \"2026-03-02\"}");
    counts(problem, 0, 0, 1);
    assertThat(problem.has("standing")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'signal': 'login'} | account | account is missing",
        "{'account': null, 'signal': 'login'} | account | account is missing",
        "{'account': 'a'} | signal | signal is missing",
        "{'account': 7, 'signal': 'login'} | account | account is not a text",
        "{'account': 'a', 'signal': ['login']} | signal | signal is not a text",
        "{'account': 'a', 'signal': 'x', 'value': NaN} | value | value is not a finite number",
        "{'account': 'a', 'signal': 'x', 'value': 1e400} | value | value is not a finite number",
        "{'account': 'a', 'signal': 'x', 'value': 1e16} | value | value is beyond 1e15",
        "{'account': 'a', 'signal': 'x', 'value': '12'} | value | value is neither a number nor a date such as 2026-12-31",
        "{'account': 'a', 'signal': 'x', 'value': '2026-02-30'} | value | value is neither a number nor a date such as 2026-12-31",
        "{'account': 'a', 'signal': 'x', 'value': true} | value | value is neither a number nor a date",
        "{'account': 'a', 'signal': 'x', 'at': '2026-03-01T12:00:00'} | at | at is neither an instant with offset such as 2026-12-31T09:30:00Z nor a date",
        "{'account': 'a', 'signal': 'x', 'at': '2026-03-01T25:00:00Z'} | at | at is no instant that exists",
        "{'account': 'a', 'signal': 'x', 'at': 1772366400} | at | at is not a text",
        "{'account': 'a', 'signal': 'x', 'at': '2026-03-01T12:05:01Z'} | at | at is more than 5 minutes ahead of the clock",
        "{'account': 'a\\u0007', 'signal': 'x'} | account | account has a control character",
        "{'account': '\\ud83d', 'signal': 'x'} | account | account has a lone surrogate",
        "{'account': 'a', 'signal': 'x', 'metric': 'y'} | metric | metric is an unknown field",
        "{'account': 'a', 'signal': 'x', 'account': 'b'} | account | account is given twice",
        "{'account': '..', 'signal': 'x'} | account | account is . or .., which no path of a URL can name",
        "7 | | the record is not an object",
      })
  void a_record_that_is_wrong_is_rejected_by_index_and_field_and_harms_no_other(
      String record, String field, String problem) {
    String bad = record.replace('\'', '"');
    String good = "{\"account\": \"good\", \"signal\": \"login\"}";
    JsonNode answer = node.accepted(JSON, "[" + good + ", " + bad + ", " + good + "]");
    counts(answer, 2, 0, 1);
    JsonNode rejected = answer.at("/rejected/0");
    assertThat(rejected.get("index").asInt()).isEqualTo(1);
    assertThat(rejected.get("field").textValue()).isEqualTo(field);
    assertThat(rejected.get("problem").asText()).isEqualTo(problem);

    JsonNode alone = node.refused(422, NDJSON, bad);
    counts(alone, 0, 0, 1);
    assertThat(alone.at("/rejected/0/problem").asText()).isEqualTo(problem);
  }

  @Test
  void texts_may_be_as_long_as_they_may_be_and_no_longer() {
    for (Map.Entry<String, Integer> limit :
        Map.of("account", 200, "signal", 100, "user", 200, "item", 200, "id", 200).entrySet()) {
      counts(node.accepted(JSON, "[" + withText(limit.getKey(), limit.getValue()) + "]"), 1, 0, 0);
      JsonNode answer = node.refused(422, JSON, withText(limit.getKey(), limit.getValue() + 1));
      assertThat(answer.at("/rejected/0/problem").asText())
          .isEqualTo(limit.getKey() + " is longer than " + limit.getValue() + " characters");
    }
  }

  private static String withText(String field, int length) {
    Map<String, Object> signal = new java.util.HashMap<>();
    signal.put("account", "texts");
    signal.put("signal", "login");
    signal.put(field, "😀".repeat(length));
    return new String(Json.bytes(signal), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "[{\"account\": \"a\", \"signal\": \"x\"}", "[] []", "\"text\"", "nul"})
  void a_body_that_is_no_json_is_refused_whole(String body) {
    counts(node.refused(400, JSON, body), 0, 0, 0);
  }

  @Test
  void what_is_nested_too_deeply_is_refused_with_the_limit_and_a_line_alone() {
    String deep = "[".repeat(100_000);
    assertThat(node.refused(400, JSON, deep).get("detail").asText())
        .isEqualTo("The body is nested deeper than 32.");
    String deepField = "{\"account\": \"a\", \"signal\": %s}\n";
    JsonNode answer =
        node.accepted(
            NDJSON,
            deepField.formatted("[".repeat(31) + "]".repeat(31))
                + deepField.formatted("[".repeat(32) + "]".repeat(32))
                + "{\"account\": \"after\", \"signal\": \"login\"}\n");
    counts(answer, 1, 0, 2);
    assertThat(answer.findValuesAsText("problem"))
        .containsExactly("signal is not a text", "the line is nested deeper than 32");
  }

  @Test
  void a_number_or_a_name_of_very_many_characters_is_refused_with_the_limit() {
    String signal = "{\"account\": \"a\", \"signal\": \"x\", \"value\": " + "1".repeat(1001) + "}";
    String limit = "has a number of more than 1000 characters, or a name of more than 50000";
    assertThat(node.refused(400, JSON, signal).get("detail").asText()).contains(limit);
    assertThat(node.refused(422, NDJSON, signal).at("/rejected/0/problem").asText())
        .isEqualTo("the line " + limit);
  }

  @Test
  void a_line_that_cannot_be_read_is_rejected_alone() {
    JsonNode answer =
        node.accepted(
            NDJSON,
            "{\"account\":\"alone\"\n{\"account\":\"alone\",\"signal\":\"login\"} more\n"
                + "x".repeat(9000)
                + "\n{\"account\":\"alone\",\"signal\":\"login\"}\n");
    counts(answer, 1, 0, 3);
    assertThat(answer.findValuesAsText("problem"))
        .containsExactly(
            "the line is not valid JSON", "the line is not valid JSON", "the line is too long");
  }

  @Test
  void a_csv_row_with_too_few_or_too_many_columns_is_rejected_alone() {
    JsonNode answer =
        node.accepted(
            CSV,
            """
            account,signal,value
            rows,login,1
            rows,login
            rows,login,1,2
            "rows,login,1
            rows,login,NaN
            rows,login,0x10
            """);
    counts(answer, 1, 0, 5);
    assertThat(answer.findValuesAsText("problem"))
        .containsExactly(
            "value is missing: the row has 2 columns instead of 3",
            "row has 4 columns instead of 3",
            "the line is not valid CSV",
            "value is not a finite number",
            "value is neither a number nor a date such as 2026-12-31");
    assertThat(node.score("rows")).isEqualTo(10);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "account,value | header lacks the column signal.",
        "account,signal,metric | header names a column that is none of account, signal, value, at, user, item, id.",
        "account,signal,signal | header names signal twice.",
      })
  void a_csv_header_that_is_wrong_is_refused_whole(String header, String detail) {
    JsonNode answer = node.refused(400, CSV, header + "\na,b,c\n");
    assertThat(answer.get("detail").asText()).isEqualTo(detail);
    assertThat(answer.get("field").asText()).isEqualTo("header");
  }

  @Test
  void text_that_is_not_utf_8_is_rejected() {
    byte[] csv =
        "account,signal\nlatin,login\nk\u00f6ln,login\n".getBytes(StandardCharsets.ISO_8859_1);
    HttpResponse<String> response = node.api().post("/v1/signals", CSV, csv);
    counts(Api.json(response), 1, 0, 1);
    node.refused(415, "text/csv; charset=iso-8859-1", "account,signal\na,b\n");
  }

  @Test
  void another_content_type_or_encoding_is_refused() {
    node.refused(415, "text/plain", "account");
    node.refused(415, CSV, "account,signal\n", "Content-Encoding", "br");
  }

  @Test
  void a_json_body_of_more_than_a_mebibyte_is_refused_also_if_it_is_small_when_compressed()
      throws IOException {
    String large = " ".repeat(1 << 20) + "[]";
    node.refused(413, JSON, large);
    assertThat(node.api().post("/v1/signals", JSON, gzip(large), GZIP).statusCode()).isEqualTo(413);
    counts(node.accepted(JSON, " ".repeat((1 << 20) - 2) + "[]"), 0, 0, 0);
  }

  @Test
  void a_stream_that_breaks_off_says_what_was_recorded_before() throws IOException {
    node.refused(400, NDJSON, "no gzip at all", GZIP);
    // Not to be compressed, so that it can be read up to where it is cut.
    Random random = new Random(1);
    String csv =
        IntStream.range(0, 20_000)
            .mapToObj(i -> "cut,login," + Long.toHexString(random.nextLong()))
            .collect(Collectors.joining("\n", "account,signal,id\n", "\n"));
    byte[] whole = gzip(csv);
    HttpResponse<String> response =
        node.api().post("/v1/signals", CSV, Arrays.copyOf(whole, whole.length / 2), GZIP);
    assertThat(response.statusCode()).isEqualTo(400);
    int accepted = Api.json(response).get("accepted").asInt();
    // How much of it was read depends: within the decoder the failure may overtake what is whole.
    assertThat(accepted).isLessThan(15_000);
    counts(
        Api.json(node.api().post("/v1/signals", CSV, whole, GZIP)), 20_000 - accepted, accepted, 0);
  }

  @Test
  void a_value_of_many_digits_is_read_at_once() {
    String digits = "1".repeat(8000);
    JsonNode answer =
        node.refused(422, CSV, "account,signal,value\n" + ("a,x," + digits + "x\n").repeat(200));
    counts(answer, 0, 0, 200);
  }

  @Test
  void bytes_that_only_look_like_another_unicode_encoding_are_no_json() {
    byte[] utf32 = {0, 0, (byte) 0xFF, (byte) 0xFE, '[', '1', ']'};
    assertThat(node.api().post("/v1/signals", JSON, utf32).statusCode()).isEqualTo(400);
    byte[] line = "{\"account\":\"a\",\"signal\":\"x\"}\n".getBytes(StandardCharsets.UTF_8);
    byte[] lines =
        ByteBuffer.allocate(2 * line.length + 9)
            .put(line)
            .put(utf32)
            .put((byte) ' ')
            .put((byte) '\n')
            .put(line)
            .array();
    counts(Api.json(node.api().post("/v1/signals", NDJSON, lines)), 2, 0, 1);
  }

  @Test
  void a_line_that_ends_in_its_middle_loses_no_record_in_silence() {
    JsonNode answer = node.refused(422, CSV, "account,signal\ncr1,login\rcr2,\"x\"\n");
    counts(answer, 0, 0, 1);
  }

  @Test
  void the_first_hundred_rejected_are_those_with_the_lowest_indexes() {
    JsonNode answer =
        node.refused(422, CSV, "account,signal,at\na,x,2099-01-01\n" + "a,x,never\n".repeat(150));
    counts(answer, 0, 0, 151);
    assertThat(answer.at("/rejected/0/index").asInt()).isZero();
    assertThat(answer.at("/rejected/99/index").asInt()).isEqualTo(99);
  }
}
