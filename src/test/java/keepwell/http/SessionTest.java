package keepwell.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A browser that has shown a key changes something only from a page of ours. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SessionTest {
  private static final String HOST = "localhost:8080";
  private static final String OURS = "Sec-Fetch-Site: same-origin";
  private static final String CLOSED = "/v1/accounts/acme/closed";

  private static KeysNode node;

  @BeforeAll
  static void start(@TempDir Path data) {
    node = new KeysNode(data);
    node.with(node.ingest)
        .post("/v1/signals", "application/json", "{\"account\": \"acme\", \"signal\": \"login\"}");
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static String cookie(String key) {
    String given =
        node.without()
            .post(
                "/login",
                "application/x-www-form-urlencoded",
                "key=" + URLEncoder.encode(key, UTF_8))
            .headers()
            .firstValue("Set-Cookie")
            .orElseThrow();
    return "Cookie: " + given.substring(0, given.indexOf(';'));
  }

  private static int closed(String... headers) {
    return closedAt(HOST, headers);
  }

  private static int closedAt(String host, String... headers) {
    return RawHttp.status(node.uri(), host, "PUT", CLOSED, headers);
  }

  @ParameterizedTest
  @ValueSource(strings = {OURS, "Origin: http://" + HOST})
  void a_page_of_ours_changes_what_its_key_may_and_it_is_written_down(String header) {
    assertThat(closed(cookie(node.admin), header)).isEqualTo(200);
    assertThat(node.with(node.admin).get("/v1/audit").body())
        .contains("dana", "PUT /v1/accounts/{id}/closed", "acme");
    assertThat(closed(cookie(node.read), header)).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site",
        "Sec-Fetch-Site: none",
        "Sec-Fetch-Site: SAME-ORIGIN",
        "Sec-Fetch-Site:",
        "Origin: https://" + HOST,
        "Origin: http://localhost",
        "Origin: http://evil.example",
        "Origin: null",
        "Accept: */*"
      })
  void what_another_page_makes_the_browser_send_does_not(String header) {
    assertThat(closed(cookie(node.admin), header)).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"keepwell.example", "keepwell.example:80"})
  void a_page_of_ours_may_come_from_the_usual_port(String host) {
    String admin = cookie(node.admin);
    assertThat(closedAt(host, admin, "Origin: http://keepwell.example")).isEqualTo(200);
    assertThat(closedAt(host, admin, "Origin: http://keepwell.example:8080")).isEqualTo(401);
    assertThat(closedAt(host, admin, "Origin: https://keepwell.example")).isEqualTo(401);
  }

  @Test
  void nor_does_one_that_only_calls_its_origin_ours() {
    assertThat(closed(cookie(node.admin), "Sec-Fetch-Site: cross-site", "Origin: http://" + HOST))
        .isEqualTo(401);
  }

  @Test
  void without_a_session_it_is_a_key_that_counts() {
    assertThat(closed(OURS)).isEqualTo(401);
    assertThat(closed("Cookie: keepwell-session=x", OURS)).isEqualTo(401);
    assertThat(closed("Authorization: Bearer " + node.admin)).isEqualTo(200);
  }
}
