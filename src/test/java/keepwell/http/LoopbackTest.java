package keepwell.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
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
import org.junit.jupiter.params.provider.ValueSource;

/** A node without keys, and the pages that somebody on its host looks at. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LoopbackTest {
  private static TestNode node;
  private static TestNode allowing;

  @BeforeAll
  static void start(@TempDir Path data, @TempDir Path other) {
    node = TestNode.start(data);
    allowing =
        TestNode.start(
            other,
            Map.of("keepwell.http.cors-origins", List.of("https://app.example")),
            InstantSource.system());
  }

  @AfterAll
  static void stop() {
    node.close();
    allowing.close();
  }

  private static int status(String host, String method, String path, String... headers) {
    return RawHttp.status(node.uri(), host, method, path, headers);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST:8080",
        "127.0.0.1",
        "127.1.2.3:80",
        "[::1]:8080",
        "keepwell",
        "keepwell.localhost",
        "localhost.localdomain"
      })
  void it_answers_to_what_its_own_host_is_called(String host) {
    assertThat(status(host, "GET", "/v1/accounts")).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "evil.example:8080", "localhost.evil.example"})
  void a_name_that_anybody_may_have_led_here_is_refused(String host) {
    assertThat(status(host, "GET", "/v1/accounts")).isEqualTo(403);
    assertThat(status(host, "GET", "/")).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example", "null", "http://localhost:1", "http://127.0.0.1"})
  void a_page_of_another_origin_changes_nothing(String origin) {
    String header = "Origin: " + origin;
    assertThat(status("localhost:8080", "POST", "/v1/webhooks/x/enable", header)).isEqualTo(403);
    assertThat(status("localhost:8080", "DELETE", "/v1/accounts/x", header)).isEqualTo(403);
    assertThat(status("localhost:8080", "OPTIONS", "/v1/signals", header)).isEqualTo(403);
  }

  @Test
  void a_page_of_its_own_may() {
    assertThat(
            status(
                "localhost:8080", "POST", "/v1/webhooks/x/enable", "Origin: http://localhost:8080"))
        .isEqualTo(404);
  }

  @Test
  void no_answer_may_be_read_by_a_page_of_another_origin_unless_it_is_named() {
    assertThat(head(node.uri(), "https://app.example")).noneMatch(LoopbackTest::isOfCors);
    assertThat(head(allowing.uri(), "https://evil.example")).noneMatch(LoopbackTest::isOfCors);
    assertThat(head(allowing.uri(), "https://app.example.evil.example"))
        .noneMatch(LoopbackTest::isOfCors);
    assertThat(head(allowing.uri(), "https://app.example"))
        .contains("Access-Control-Allow-Origin: https://app.example", "Vary: Origin")
        .noneMatch(line -> line.contains("Allow-Credentials"));
  }

  private static List<String> head(URI uri, String origin) {
    return RawHttp.head(uri, uri.getAuthority(), "GET", "/v1/accounts", "Origin: " + origin);
  }

  private static boolean isOfCors(String line) {
    return line.startsWith("Access-Control");
  }

  @Test
  void a_browser_that_asks_first_is_told_what_a_page_that_is_named_may_send() {
    List<String> answer =
        RawHttp.head(
            allowing.uri(),
            allowing.uri().getAuthority(),
            "OPTIONS",
            "/v1/signals",
            "Origin: https://app.example",
            "Access-Control-Request-Method: POST",
            "Access-Control-Request-Headers: authorization,content-type");
    assertThat(answer.get(0)).contains("204");
    assertThat(answer)
        .contains("Access-Control-Allow-Origin: https://app.example")
        .anyMatch(line -> line.matches("Access-Control-Allow-Methods: .*POST.*"))
        .anyMatch(line -> line.matches("Access-Control-Allow-Headers: .*Authorization.*"));
  }
}
