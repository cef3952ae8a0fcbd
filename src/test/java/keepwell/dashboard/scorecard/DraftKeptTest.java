package keepwell.dashboard.scorecard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import keepwell.dashboard.Chromium;
import keepwell.dashboard.PagesNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A draft that cannot be kept, and one that is edited while the server is slow. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DraftKeptTest {
  private static final String PULSE = "scorecards[0].categories[0].metrics[0]";
  private static final String WEIGHT = "scorecards[0].categories[0].weight";
  private static final String FULL =
      "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }";
  private static final String FORBIDDEN =
      "Object.defineProperty(window, 'localStorage',"
          + " { get() { throw new DOMException('no', 'SecurityError'); } })";

  private static PagesNode node;
  private static Chromium chromium;
  private Page page;
  private DraftForm form;

  @BeforeAll
  static void start(@TempDir Path data) {
    node = new PagesNode(data);
    chromium = new Chromium();
  }

  @AfterAll
  static void stop() {
    chromium.close();
    node.close();
  }

  @AfterEach
  void end() {
    page.close();
    chromium.complaints().clear();
  }

  private void draft(String script) {
    page = chromium.open(node.uri(), "/foot");
    page.addInitScript(script);
    page.navigate("/scorecard/draft");
    form = new DraftForm(page);
    assertThat(page.locator("#live")).hasText("Live");
  }

  @ParameterizedTest
  @ValueSource(strings = {FULL, FORBIDDEN})
  void what_cannot_be_kept_is_edited_and_said_to_be_lost(String storage) {
    draft(storage);
    assertThat(page.locator("#unkept")).isHidden();
    form.fill(WEIGHT, "4");
    assertThat(form.differences()).hasText("Everything weight 4 instead of 1");
    assertThat(page.locator("#unkept")).containsText("This browser cannot keep the draft");
    assertThat(page.locator("#differences .kept")).isHidden();
    assertThat(page.locator(".category .bar .kept")).isVisible();
    form.fill(PULSE + ".points", "-1");
    assertThat(page.locator("#faults")).not().containsText("kept");
    form.fill(PULSE + ".points", "5");
    assertThat(form.differences()).hasCount(2);
    form.button("Discard draft").click();
    form.button("Discard").click(); // and nobody is asked whether to leave
    assertThat(page).hasURL(node.uri() + "/scorecard");
    assertThat(page.locator("#kept")).isHidden();
    assertThat(chromium.complaints()).allMatch(each -> each.contains("422"));
  }

  @Test
  void what_cannot_be_kept_is_not_adopted() {
    draft(FULL);
    Object adopted =
        page.evaluate("async () => (await import('/dashboard/draft.js')).adopt({}, 1)");
    assertThat(adopted).isEqualTo(false);
  }

  @Test
  void a_second_click_removes_nothing_else() {
    draft("");
    form.edit("Pulse");
    form.button("Add a point to Pulse").click();
    form.button("Add a point to Pulse").click();
    assertThat(form.field(PULSE + ".curve[3][0]")).hasValue("300");
    page.evaluate(
        "path => { for (const n of [1, 2]) document.querySelector(`[data-removes='${path}']`)"
            + ".dispatchEvent(new MouseEvent('click', { bubbles: true })); }",
        PULSE + ".curve[1]");
    assertThat(form.field(PULSE + ".curve[3][0]")).hasCount(0);
    assertThat(form.field(PULSE + ".curve[2][0]")).hasValue("300");
  }

  @Test
  void the_keyboard_goes_on_where_a_part_was_added_or_removed() {
    draft("");
    form.edit("Pulse");
    form.button("Add a point to Pulse").press("Enter");
    assertThat(form.field(PULSE + ".curve[2][0]")).hasValue("200");
    assertThat(form.button("Add a point to Pulse")).isFocused();
    form.button("Remove Pulse, point 3").press("Enter");
    assertThat(form.field(PULSE + ".curve[2][0]")).hasCount(0);
    assertThat(page.locator("summary").getByText("Edit Pulse")).isFocused();
    form.button("Remove Pulse, point 1").press("Enter");
    assertThat(page.locator("#faults")).containsText("That would be a fault");
    assertThat(form.button("Remove Pulse, point 1")).isFocused();
  }

  @Test
  void another_metric_is_not_opened_in_place_of_one_that_is_gone() {
    draft("");
    form.edit("Pulse");
    form.button("Remove the metric Pulse").press("Enter");
    assertThat(page.locator(".metric")).hasCount(1);
    assertThat(page.locator("#edit .metric details[open]")).hasCount(0);
    assertThat(page.locator("summary").getByText("Edit Satisfaction")).isFocused();
  }

  @Test
  void what_is_activated_is_counted_with_the_last_change() {
    draft("");
    page.route(
        "**/scorecard/draft?*",
        route -> {
          page.evaluate("document.getElementById('activates').click()"); // before it is answered
          route.resume();
        });
    form.fill(WEIGHT, "6");
    assertThat(page.locator("#activate-says")).containsText("1 change.");
  }

  @Test
  void a_part_is_put_back_when_the_server_is_not_reached() {
    draft("");
    form.edit("Pulse");
    page.route("**/scorecard/draft?*", route -> route.abort());
    form.button("Remove the metric Pulse").click();
    assertThat(page.locator("#faults")).containsText("was not reached. That was not done.");
    page.unroute("**/scorecard/draft?*");
    form.fill(PULSE + ".points", "2");
    assertThat(form.differences()).hasText("Pulse points 2 instead of 3");
  }
}
