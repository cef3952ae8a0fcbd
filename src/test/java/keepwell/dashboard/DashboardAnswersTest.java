package keepwell.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages before anything is known, when something is wrong, and for everybody's eyes. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DashboardAnswersTest {
  private static PagesNode node;
  private static Chromium chromium;

  @BeforeAll
  static void start_and_see_that_there_is_nothing_yet(@TempDir Path data) {
    node = new PagesNode(data);
    chromium = new Chromium();
    try (Page page = chromium.open(node.uri(), "/")) {
      assertThat(page.locator("#live")).hasText("Live");
      assertThat(page.locator("h2").first()).hasText("Nothing is known of any account yet");
      assertThat(page.locator("pre").first()).containsText("curl " + node.uri() + "/v1/signals");
      assertAccessible(page);
      node.account("acme", "{\"name\": \"Acme\", \"owner\": \"dana\", \"segment\": \"smb\"}", 91);
      node.pulse("acme", 40, "");
      page.getByText("Show it").click();
      assertThat(page.locator(".accounts tbody th > a")).hasText("Acme");
    }
    node.account(
        "globex", "{\"name\": \"Globex of a name that has no end and goes on and on\"}", 62);
    node.api()
        .put(
            "/v1/accounts/acme/override",
            "{\"max\": 30, \"reason\": \"left\", \"author\": \"dana\", \"until\": \"2999-01-01\"}");
  }

  @AfterAll
  static void stop() {
    chromium.close();
    node.close();
    assertThat(chromium.complaints()).isEmpty();
  }

  private static void assertAccessible(Page page) {
    assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/, 1440, LIGHT",
    "/, 1440, DARK",
    "/, 390, LIGHT",
    "/, 390, DARK",
    "/accounts/acme, 1440, LIGHT",
    "/accounts/acme, 1440, DARK",
    "/accounts/acme, 390, LIGHT",
    "/accounts/acme, 390, DARK"
  })
  void pages_fit_their_window_and_are_for_everybody(String path, int width, ColorScheme scheme) {
    try (Page page = chromium.open(node.uri(), path, width, scheme)) {
      assertThat(page.locator("#live")).hasText("Live");
      assertAccessible(page);
      assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(width);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/?below=low, 400, below is not a number from 0 to 100.",
    "/?colour=red, 400, colour is none of the parameters",
    "/?cursor=x, 400, cursor is none of this query.",
    "/?tier=a&tier=b, 400, tier is given twice.",
    "/accounts/nobody, 404, Nothing is recorded of this account.",
    "/accounts/nobody/row, 404, Nothing is recorded of this account."
  })
  void what_is_wrong_is_said_by_a_page(String path, int status, String sentence) {
    HttpResponse<String> answer = node.api().get(path);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/html; charset=UTF-8");
    assertThat(answer.body()).contains("<p>" + sentence, "<a class=\"link\" href=\"/\">");
  }

  @Test
  void programs_are_told_in_JSON_as_before() {
    HttpResponse<String> answer = node.api().get("/v1/accounts/nobody");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
  }

  @ParameterizedTest
  @CsvSource({
    "/dashboard/frame.css, text/css; charset=UTF-8",
    "/dashboard/follow.js, application/javascript; charset=UTF-8",
    "/dashboard/rescoring.js, application/javascript; charset=UTF-8",
    "/dashboard/htmx.js, application/javascript; charset=UTF-8",
    "/dashboard/icon.svg, image/svg+xml"
  })
  void files_are_asked_for_again_each_time(String path, String type) {
    HttpResponse<String> answer = node.api().get(path);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue(type);
    assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-cache");
  }

  @Test
  void pages_may_use_nothing_but_files_from_here() {
    assertThat(node.api().get("/").headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "script-src 'self'", "style-src 'self'")
        .doesNotContain("unsafe");
    assertThat(node.api().get("/").body()).doesNotContain("style=", "<style", "onclick");
  }
}
