package keepwell.dashboard.truth;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import keepwell.dashboard.Chromium;
import keepwell.dashboard.PastNode;
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

/** Whether scores told the truth, in a browser. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TruthInBrowserTest {
  private static PastNode node;
  private static Chromium chromium;
  private Page page;

  @BeforeAll
  static void start_and_see_that_there_is_nothing_yet(@TempDir Path data) {
    node = new PastNode(data).withCustomers();
    chromium = new Chromium();
    try (Page page = chromium.open(node.uri(), "/truth")) {
      assertThat(page.locator("h2")).hasText("No outcome is known yet");
      assertThat(page.locator("pre").first())
          .containsText("curl " + node.uri() + "/v1/outcomes -H");
      assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
    }
    node.withOutcomes();
  }

  @AfterAll
  static void stop() {
    chromium.close();
    node.close();
  }

  @AfterEach
  void nothing_was_complained_of() {
    if (page != null) {
      page.close();
    }
    assertThat(chromium.complaints()).isEmpty();
  }

  private void open(String path) {
    page = chromium.open(node.uri(), path);
    assertThat(page.locator(".verdict")).isVisible();
  }

  private Locator calibrated() {
    page.locator("[data-surveys] button").click();
    assertThat(page.locator("#calibration .advice")).isVisible();
    return page.locator("#calibration");
  }

  @Test
  void the_verdict_comes_first_then_the_figures_behind_it() {
    open("/truth");
    assertThat(page.locator(".verdict h2"))
        .hasText("The score tells better than chance who stays.");
    JsonNode told = Api.json(node.api().get("/v1/validation"));
    assertThat(page.locator(".verdict"))
        .containsText("240 accounts had a score 30 days before what became of them was known");
    assertThat(page.locator(".verdict"))
        .containsText("AUC %.2f".formatted(told.at("/auc/value").asDouble()));
    assertThat(page.locator(".rates tbody tr")).hasCount(3);
    assertThat(page.locator(".rates tbody tr").last())
        .containsText(Integer.toString(told.at("/tiers/2/accounts").asInt()));
    assertThat(page.locator(".warnings li")).hasCount(4);
    assertThat(page.locator(".powers tbody th").first()).containsText("Use");
    assertThat(page.locator(".powers tbody tr").last()).containsText("may be chance");
    assertThat(page.locator(".curve"))
        .hasAttribute("aria-label", Pattern.compile("Renewal rate by score: .*"));
  }

  @Test
  void what_is_asked_is_in_the_address() {
    open("/truth");
    page.locator("[name=horizon]").selectOption("P60D");
    page.locator("[name=segment]").fill("smb");
    page.locator(".filters button").first().click();
    assertThat(page).hasURL(node.uri() + "/truth?horizon=P60D&segment=smb");
    assertThat(page.locator(".verdict")).containsText("120 accounts had a score 60 days before");
    assertThat(page.locator("select[name=horizon]")).hasValue("P60D");
    page.locator("[name=to]").fill("2026-01-01");
    page.locator(".filters button").first().click();
    assertThat(page.locator(".empty h2")).hasText("No outcome fits");
    page.locator(".empty .link").click();
    assertThat(page).hasURL(node.uri() + "/truth");
  }

  @Test
  void accounts_about_which_the_score_was_wrong_are_a_click_away() {
    open("/truth");
    Locator missed = page.locator("[aria-labelledby=missed-title] a").first();
    assertThat(missed).containsText("Customer ");
    assertThat(missed).hasAttribute("href", Pattern.compile("/accounts/c\\d+"));
  }

  @Test
  void a_calibration_is_compared_and_its_draft_adopted() {
    open("/truth");
    Locator calibration = calibrated();
    assertThat(calibration.locator(".advice h3"))
        .hasText("On accounts that it was not fitted to, the draft tells better who stays.");
    assertThat(calibration.locator(".trial").first().locator("tbody tr").nth(1))
        .containsText("Fitted");
    assertThat(calibration.locator(".weights tbody tr")).hasCount(2);
    assertThat(calibration.locator(".weights tbody tr").first()).containsText("Use50.0%");
    page.route(
        "**/scorecard/draft*",
        route ->
            route.fulfill(
                new Route.FulfillOptions().setContentType("text/html").setBody("The draft")));
    page.locator("[data-adopts='#draft-fitted']").click();
    assertThat(page).hasURL(node.uri() + "/scorecard/draft?from=2");
    String kept = (String) page.evaluate("localStorage.getItem('keepwell.draft.2')");
    assertThat(kept).contains("\"logistic\"", "\"against\":2");
  }

  @Test
  void a_draft_that_is_kept_is_not_replaced_unasked() {
    open("/truth");
    String kept = "{\"document\":{\"scorecards\":[]},\"against\":2}";
    page.evaluate("kept => localStorage.setItem('keepwell.draft.2', kept)", kept);
    calibrated();
    page.onceDialog(Dialog::dismiss);
    page.locator("[data-adopts='#draft-fitted']").click();
    assertThat(page).hasURL(node.uri() + "/truth");
    assertThat(page.evaluate("localStorage.getItem('keepwell.draft.2')")).isEqualTo(kept);
    assertThat(chromium.complaints())
        .containsExactly("dialog: This browser keeps a draft on version 2 already. Replace it?");
    chromium.complaints().clear();
  }

  @Test
  void a_draft_may_be_saved_as_it_is() throws Exception {
    open("/truth");
    calibrated();
    Download download =
        page.waitForDownload(() -> page.locator("[data-downloads='#draft-fitted']").click());
    assertThat(download.suggestedFilename()).isEqualTo("scorecards-fitted.json");
    String json = Files.readString(download.path());
    assertThat(new ObjectMapper().readTree(json).at("/scorecards/0/key").asText())
        .isEqualTo("saas");
    assertThat(node.api().post("/v1/validation", "application/json", json).statusCode())
        .isEqualTo(200);
  }

  @Test
  void a_draft_is_selected_where_a_script_may_not_copy_it() {
    open("/truth");
    calibrated();
    page.evaluate("() => delete Navigator.prototype.clipboard");
    page.locator("[data-copies='#draft-fitted']").click();
    assertThat(page.locator("#draft-fitted")).isVisible();
    assertThat(page.locator("[data-copies='#draft-fitted']")).hasText("Selected: copy it");
    String selected = (String) page.evaluate("getSelection().toString()");
    assertThat(selected).startsWith("{").contains("\"saas\"");
  }

  @Test
  void figures_that_did_not_come_may_be_asked_for_again() {
    open("/truth");
    page.route("**/truth/validation*", Route::abort);
    page.reload();
    assertThat(page.locator("#figures .told")).containsText("The answer broke off.");
    page.unroute("**/truth/validation*");
    page.getByText("Ask again").click();
    assertThat(page.locator(".verdict")).isVisible();
    assertThat(page.locator("#figures")).isFocused();
    chromium.complaints().removeIf(each -> each.contains("ERR_FAILED"));
  }

  @Test
  void what_cannot_be_calibrated_is_said_in_its_place() {
    open("/truth");
    page.locator("[name=split]").fill("segment");
    page.locator("[data-surveys] button").click();
    assertThat(page.locator("#calibration .told")).hasText("train names no value of the label.");
    page.locator("[name=train]").fill("smb");
    assertThat(calibrated().locator(".trial").first()).containsText("In force");
    chromium.complaints().removeIf(each -> each.contains("400"));
  }

  @ParameterizedTest
  @CsvSource({
    "/truth?colour=red, colour is none of the parameters",
    "/truth?horizon=30, horizon is not a number of days",
    "/truth?version=9, version is none of the scorecards",
    "/truth?from=2026-03-01&to=2026-02-01, to is before from."
  })
  void what_is_wrong_is_said_by_a_page(String path, String sentence) {
    page = chromium.open(node.uri(), path);
    assertThat(page.locator("h1")).hasText("Bad Request");
    assertThat(page.locator(".empty p").first()).containsText(sentence);
    chromium.complaints().removeIf(each -> each.contains("400"));
  }

  @ParameterizedTest
  @CsvSource({"1440, LIGHT", "1440, DARK", "390, LIGHT", "390, DARK"})
  void it_fits_its_window_and_is_for_everybody(int width, ColorScheme scheme) {
    page = chromium.open(node.uri(), "/truth", width, scheme);
    assertThat(page.locator(".verdict")).isVisible();
    calibrated();
    String file = "target/dashboard/truth-%d-%s.png".formatted(width, scheme);
    page.screenshot(new Page.ScreenshotOptions().setPath(Path.of(file)).setFullPage(true));
    assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
    assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(width);
  }
}
