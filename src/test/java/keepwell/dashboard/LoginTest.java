package keepwell.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import keepwell.TestNode;
import keepwell.access.ApiKey;
import keepwell.access.KeyFile;
import keepwell.access.Scope;
import keepwell.http.Api;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where keys are asked for: a browser is asked once. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LoginTest {
  private static final String READ = ApiKey.random();
  private static final String INGEST = ApiKey.random();

  private static TestNode node;
  private static Chromium chromium;
  private Page page;

  @BeforeAll
  static void start(@TempDir Path data) throws IOException {
    Path keys = data.resolve("keys");
    Files.writeString(
        keys, line("bi", Scope.READ, READ) + "\n" + line("crm", Scope.INGEST, INGEST) + "\n");
    node =
        TestNode.start(data, Map.of("keepwell.api-keys", keys.toString()), InstantSource.system());
    new Api(node.uri(), INGEST)
        .post("/v1/signals", "application/json", "{\"account\": \"acme\", \"signal\": \"login\"}");
    chromium = new Chromium();
  }

  private static String line(String name, Scope scope, String key) {
    return KeyFile.line(new ApiKey(name, Set.of(scope), ApiKey.Hash.of(key), OptionalInt.empty()));
  }

  @AfterAll
  static void stop() {
    chromium.close();
    node.close();
  }

  @AfterEach
  void end() {
    page.context().clearCookies();
    page.close();
  }

  private void open(String path) {
    chromium.complaints().clear();
    page = chromium.open(node.uri(), path);
  }

  private void give(String key) {
    page.getByLabel("API key").fill(key);
    page.keyboard().press("Enter");
  }

  @Test
  void a_browser_is_asked_once_and_led_to_where_it_wanted() {
    open("/?sort=name&tier=red");
    assertThat(page).hasTitle("API key · Keepwell");
    give(READ);
    assertThat(page).hasURL(node.uri() + "/?sort=name&tier=red");
    assertThat(page.locator("#live")).hasText("Live");
    assertThat(page.locator("footer")).containsText("Key of bi");
    page.navigate("/accounts/acme");
    assertThat(page.locator("h1")).hasText("acme");
    assertThat(page.locator("#live")).hasText("Live");
    assertThat(chromium.complaints()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/reports/weekly", "/v1/accounts/acme/review"})
  void a_browser_is_asked_and_led_to_a_report_too(String path) {
    open(path);
    assertThat(page).hasTitle("API key · Keepwell");
    give(READ);
    assertThat(page).hasURL(node.uri() + path);
    assertThat(page.locator("h1")).containsText(path.contains("week") ? "The week" : "acme");
    assertThat(new Api(node.uri()).get(path).statusCode()).isEqualTo(401);
  }

  @Test
  void what_it_keeps_is_not_the_key_and_no_script_can_read_it() {
    open("/login");
    give(READ);
    assertThat(page).hasURL(node.uri() + "/");
    Cookie cookie = page.context().cookies().get(0);
    assertThat(cookie.value).doesNotContain(READ);
    assertThat(cookie.httpOnly).isTrue();
    assertThat(cookie.sameSite).isEqualTo(SameSiteAttribute.LAX);
    assertThat(page.evaluate("document.cookie")).isEqualTo("");
  }

  @ParameterizedTest
  @ValueSource(strings = {"kw_wrong", "<script>alert(1)</script>"})
  void a_key_that_is_none_is_asked_for_again(String key) {
    open("/accounts/acme");
    give(key);
    assertThat(page.getByRole(AriaRole.ALERT)).hasText("There is no such key.");
    give(READ);
    assertThat(page).hasURL(node.uri() + "/accounts/acme");
  }

  @Test
  void a_key_that_may_not_read_is_told_so() {
    open("/");
    give(INGEST);
    assertThat(page.getByRole(AriaRole.ALERT))
        .hasText("This key may not read: it takes one with the scope read.");
  }

  @ParameterizedTest
  @CsvSource({
    "application/x-www-form-urlencoded, 20000, 413, larger than 16384 bytes",
    "text/plain, 3, 415, sent as a form"
  })
  void what_is_no_form_of_a_key_is_refused_by_a_page(
      String type, int length, int status, String told) {
    open("/login");
    HttpResponse<String> answer = new Api(node.uri()).post("/login", type, "k".repeat(length));
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains(told).doesNotContain("Exception");
  }

  @Test
  void it_can_be_forgotten() {
    open("/login");
    give(READ);
    assertThat(page).hasURL(node.uri() + "/");
    page.navigate("/login");
    assertThat(page.locator("h1")).hasText("You are here with the key of bi");
    page.getByRole(AriaRole.BUTTON).click();
    assertThat(page.locator("h1")).hasText("Which API key is yours?");
    page.navigate("/");
    assertThat(page.locator("h1")).hasText("Which API key is yours?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "javascript:alert(1)"
      })
  void it_never_leads_to_another_host(String to) {
    open("/login?to=" + URLEncoder.encode(to, UTF_8));
    give(READ);
    assertThat(page).hasURL(node.uri() + "/");
    page.navigate("/login?to=" + URLEncoder.encode(to, UTF_8));
    page.getByText("Go on").click();
    assertThat(page).hasURL(node.uri() + "/");
  }

  @Test
  void it_can_be_used_in_the_dark_and_on_a_narrow_screen() {
    page = chromium.open(node.uri(), "/", 390, ColorScheme.DARK);
    assertThat(page.getByLabel("API key")).isFocused();
    assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth")).isEqualTo(true);
    page.screenshot(
        new Page.ScreenshotOptions().setPath(Path.of("target", "screenshots", "login.png")));
  }
}
