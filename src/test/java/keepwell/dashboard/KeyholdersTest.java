package keepwell.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people see and may do on the pages by the key that their browser has shown. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class KeyholdersTest {
  private static final String ACCOUNT = "50%/of? #<b>\"";
  private static final String READ = ApiKey.random();
  private static final String ADMIN = ApiKey.random();
  private static final String WEIGHT = "[data-path=\"scorecards[0].categories[0].weight\"]";

  private static Path keys;
  private static TestNode node;
  private static Chromium chromium;
  private Page page;

  @BeforeAll
  static void start(@TempDir Path data) throws IOException {
    keys = data.resolve("keys");
    Files.writeString(keys, line("bi", Scope.READ, READ) + line("dana", Scope.ADMIN, ADMIN));
    node =
        TestNode.start(data, Map.of("keepwell.api-keys", keys.toString()), InstantSource.system());
    new Api(node.uri(), ADMIN).put("/v1/accounts/" + Api.encoded(ACCOUNT), "{\"plan\": \"pro\"}");
    chromium = new Chromium();
  }

  private static String line(String name, Scope scope, String key) {
    ApiKey known = new ApiKey(name, Set.of(scope), ApiKey.Hash.of(key), OptionalInt.empty());
    return KeyFile.line(known) + "\n";
  }

  @BeforeEach
  void forget() {
    chromium.complaints().clear();
  }

  @AfterEach
  void end() {
    page.context().clearCookies();
    page.close();
  }

  @AfterAll
  static void stop() {
    chromium.close();
    node.close();
  }

  private void open(String path, String key) {
    page = chromium.open(node.uri(), path);
    page.getByLabel("API key").fill(key);
    page.keyboard().press("Enter");
    assertThat(page).hasURL(node.uri() + path);
  }

  private Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private void weigh(String weight) {
    assertThat(page.locator("#draft:not([inert])")).isVisible();
    page.locator(WEIGHT).first().fill(weight);
    page.locator(WEIGHT).first().blur();
    assertThat(page.locator("#differences")).containsText("weight " + weight + " instead of");
  }

  private String plan() {
    return new Api(node.uri(), ADMIN).get("/v1/accounts/" + Api.encoded(ACCOUNT)).body();
  }

  private void relabel(String plan) {
    page.locator("[data-opens='#labels']").click();
    page.getByLabel("plan").fill(plan);
    page.keyboard().press("Enter");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/today", "/scorecard", "/scorecard/draft", "/truth", "/executive"})
  void a_key_that_reads_sees_all_pages(String path) {
    open(path, READ);
    assertThat(page.locator("footer")).containsText("Key of bi");
    assertThat(chromium.complaints()).isEmpty();
  }

  @Test
  void a_key_that_reads_tries_a_draft_and_is_told_that_it_may_not_activate_it() {
    open("/scorecard/draft", READ);
    weigh("7");
    button("Preview").click();
    assertThat(page.locator("#preview .lead")).hasText("No account changes its tier.");
    button("Activate…").click();
    button("Activate").click();
    assertThat(page.locator("#activate").getByRole(AriaRole.ALERT))
        .hasText("This API key may not do it: it takes the scope admin.");
  }

  @Test
  void a_key_that_reads_is_told_that_it_may_not_change_an_account() {
    open("/accounts/" + Api.encoded(ACCOUNT), READ);
    relabel("basic");
    assertThat(page.locator("dialog[open]").getByRole(AriaRole.ALERT))
        .hasText("This API key may not do it: it takes the scope admin.");
    assertThat(plan()).contains("\"pro\"");
  }

  @Test
  void a_key_of_an_administrator_does_everything() {
    open("/accounts/" + Api.encoded(ACCOUNT), ADMIN);
    relabel("team");
    assertThat(page.locator("#said")).hasText("The labels are changed");
    assertThat(plan()).contains("\"team\"");
    page.navigate("/scorecard/draft");
    weigh("9");
    button("Activate…").click();
    button("Activate").click();
    assertThat(page).hasURL(node.uri() + "/scorecard");
    assertThat(page.locator(".title p")).containsText("Version 2, in force");
    assertThat(chromium.complaints()).isEmpty();
  }

  @Test
  void a_session_that_ends_is_told_of_and_what_was_typed_is_not_lost() {
    open("/accounts/" + Api.encoded(ACCOUNT), ADMIN);
    page.locator("[data-opens='#labels']").click();
    page.getByLabel("plan").fill("trial");
    page.context().clearCookies();
    page.keyboard().press("Enter");
    assertThat(page.locator("dialog[open] .wrong"))
        .hasText("That was not done: your session has ended.");
    assertThat(page.getByLabel("plan")).hasValue("trial");
    assertThat(page.locator("#ended")).containsText("Your session has ended");
    page.keyboard().press("Escape");
    page.getByText("Show a key").click();
    page.getByLabel("API key").fill(READ);
    page.keyboard().press("Enter");
    assertThat(page).hasURL(node.uri() + "/accounts/" + Api.encoded(ACCOUNT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/today", "/scorecard/draft", "/executive"})
  void a_page_tells_of_it_by_itself(String path) {
    open(path, READ);
    page.context().clearCookies();
    assertThat(page.locator("#ended")).containsText("Your session has ended");
    assertThat(page.locator("#ended a"))
        .hasAttribute("href", "/login?to=" + Api.encoded(path).replace("+", "%20"));
  }

  @Test
  void a_key_that_is_taken_back_ends_its_sessions() throws IOException {
    String temporary = ApiKey.random();
    String others = Files.readString(keys);
    Files.writeString(keys, others + line("temp", Scope.READ, temporary));
    await().until(() -> new Api(node.uri(), temporary).get("/v1/accounts").statusCode() == 200);
    open("/today", temporary);
    Files.writeString(keys, others);
    assertThat(page.locator("#ended")).containsText("Your session has ended");
  }
}
