package keepwell.dashboard.account;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
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
import org.junit.jupiter.params.provider.CsvSource;

/** The page of an account in a browser, as people use it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AccountPageTest {
  private static LocalDate today;

  private static final String PLAYBOOK =
      """
      {"playbooks": [{"key": "red", "name": "Act", "trigger": {"to": "red"}, "owner": "kim",
        "steps": [{"task": "Call them", "due": "P1D"}]}]}
      """;

  private static PagesNode node;
  private static Chromium chromium;
  private Page page;

  @BeforeAll
  static void start(@TempDir Path data) {
    today = LocalDate.now(ZoneOffset.UTC);
    node = new PagesNode(data);
    assertThat(node.api().put("/v1/playbooks", PLAYBOOK).statusCode()).isEqualTo(200);
    past("acme", "pulse", 95, 100);
    past("acme", "pulse", 70, 40);
    node.account("acme", "{\"name\": \"Acme\", \"owner\": \"dana\"}", 91);
    node.account("turns", "{\"name\": \"Turns\"}", 90);
    node.pulse("turns", 20, "");
    node.signal("acme", "renewal-date", "\"" + today.plusDays(20) + "\"", "");
    chromium = new Chromium();
  }

  private static void past(String id, String signal, int value, int daysAgo) {
    String body =
        "{\"account\": \"%s\", \"signal\": \"%s\", \"value\": %d, \"at\": \"%sT10:00:00Z\"}"
            .formatted(id, signal, value, today.minusDays(daysAgo));
    assertThat(node.api().post("/v1/signals?quiet=true", "application/json", body).statusCode())
        .isEqualTo(200);
  }

  @AfterAll
  static void stop() {
    chromium.close();
    node.close();
  }

  @AfterEach
  void nothing_was_complained_of() {
    page.close();
    assertThat(chromium.complaints()).isEmpty();
  }

  private void open(String path) {
    page = chromium.open(node.uri(), path);
    assertThat(page.locator("#live")).hasText("Live");
  }

  private Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private Locator dialog(String id) {
    return page.locator("dialog#" + id);
  }

  @Test
  void it_says_what_would_gain_most_and_what_that_is() {
    open("/accounts/acme");
    assertThat(page.locator(".standing li"))
        .hasText("Pulse up to +9.091, the latest; 100 or more scores full points");
    assertThat(page.locator(".standing")).containsText("That is up to 100.0.");
    assertThat(page.locator(".standing")).containsText("Its tier does not fall within 180 days");
    assertThat(page.locator(".facts")).containsText("in 20 days");
    assertThat(page.locator("#last-signal")).containsText(Pattern.compile("just now|min ago"));
    assertThat(page.locator(".plot")).containsText("Renewal");
  }

  @Test
  void the_signals_behind_a_metric_are_shown_when_they_are_asked_for() {
    open("/accounts/acme");
    Locator toggle = button("Pulse");
    assertThat(toggle).hasAttribute("aria-expanded", "false");
    toggle.click();
    assertThat(toggle).hasAttribute("aria-expanded", "true");
    assertThat(page.locator(".behind:not([hidden]) li")).hasCount(3);
    assertThat(page.locator(".behind:not([hidden]) li").first()).containsText("91");
    toggle.click();
    assertThat(page.locator(".behind:not([hidden])")).hasCount(0);
    button("Satisfaction").click();
    assertThat(page.locator(".behind:not([hidden])"))
        .hasText("nps Never used: it has not sent any.");
    assertThat(page.locator("[aria-labelledby=signals-title] li")).hasCount(4);
  }

  @Test
  void the_signals_behind_several_metrics_may_be_asked_for_at_once() {
    open("/accounts/acme");
    page.evaluate(
        """
        () => {
          const [one, other] = document.querySelectorAll('[data-behind]');
          for (const each of [one, other, one, one]) each.click();
        }
        """);
    assertThat(page.locator(".behind:not([hidden]) .sent")).hasCount(2);
  }

  @Test
  void a_slider_leads_to_another_day_and_the_whole_page_is_of_that_day() {
    open("/accounts/acme");
    Locator day = page.getByLabel("Day to look at");
    assertThat(day).hasAttribute("aria-valuetext", Pattern.compile(".*, today: 91.0, Healthy"));
    page.evaluate(
        "d => { d.value = 159; d.dispatchEvent(new Event('input', { bubbles: true })); }",
        day.elementHandle());
    assertThat(page.locator("#told")).containsText(": 70.0, At risk");
    assertThat(page.locator(".big")).containsText("91.0");
    day.evaluate("d => d.dispatchEvent(new Event('change', { bubbles: true }))");
    LocalDate then = today.minusDays(20);
    assertThat(page).hasURL(node.uri() + "/accounts/acme?asOf=" + then);
    assertThat(page.locator(".elsewhen p")).containsText("You see Acme as it was on ");
    assertThat(page.locator("#said")).containsText("You see Acme as it was on ");
    assertThat(page.locator(".big")).containsText("70.0");
    assertThat(page.locator(".why tfoot")).containsText("70.0");
    assertThat(page.locator(".since")).containsText(", 20 days. Healthy before.");
    assertThat(page.locator("main form[data-changes], dialog")).hasCount(0);
    assertThat(page.locator("[aria-labelledby=signals-title] li")).hasCount(2);
    day.focus();
    page.keyboard().press("ArrowLeft");
    assertThat(page).hasURL(node.uri() + "/accounts/acme?asOf=" + then.minusDays(1));
    assertThat(day).isFocused();
    page.getByText("Back to today").click();
    assertThat(page).hasURL(node.uri() + "/accounts/acme");
    assertThat(page.locator("#said")).hasText("You see it as it is today");
    assertThat(page.locator("main")).isFocused();
    assertThat(page.locator(".big")).containsText("91.0");
    page.goBack();
    assertThat(page.locator(".big")).containsText("70.0");
  }

  @Test
  void a_day_to_come_is_as_it_will_be_if_nothing_happens_and_one_too_far_back_says_so() {
    open("/accounts/acme?asOf=" + today.plusDays(3));
    assertThat(page.locator(".elsewhen p")).containsText("if nothing happens");
    assertThat(page.locator(".big")).containsText("91.0");
    page.locator("#as-of").fill("2001-01-01");
    button("Show that day").click();
    assertThat(page.locator(".elsewhen p"))
        .hasText("Acme on 1 Jan 2001 cannot be computed any more");
    assertThat(page.locator(".why")).hasCount(0);
    assertThat(page.locator(".plot")).hasCount(1);
  }

  @Test
  void an_override_is_refused_at_its_field_set_shown_beside_the_raw_score_and_taken_back() {
    node.account("held", "{\"name\": \"Held\"}", 90);
    open("/accounts/held");
    button("Override…").click();
    dialog("override").getByLabel("At most").fill("40");
    dialog("override").getByLabel("At least").fill("60");
    dialog("override").getByLabel("Reason").fill("Champion left");
    dialog("override").getByLabel("Author").fill("dana");
    dialog("override").getByLabel("Until").fill("2999-01-01");
    dialog("override").getByText("Override", new Locator.GetByTextOptions().setExact(true)).click();
    assertThat(dialog("override").locator(".wrong")).hasText("min is above max.");
    assertThat(dialog("override").getByLabel("At least")).hasAttribute("aria-invalid", "true");
    dialog("override").getByLabel("At least").fill("");
    dialog("override").getByText("Override", new Locator.GetByTextOptions().setExact(true)).click();
    assertThat(page.locator(".both")).hasText("40.0 effective90.0 raw");
    assertThat(page.locator("#said")).hasText("The score is overridden");
    assertThat(page.locator(".big")).containsText("40.0");
    assertThat(page.locator("#overridden")).containsText("Champion left");
    button("Take it back").click();
    assertThat(page.locator(".big")).containsText("90.0");
    chromium.complaints().removeIf(each -> each.contains("422")); // what was refused
  }

  @Test
  void labels_are_changed_removed_and_added() {
    node.account("labels", "{\"name\": \"Labelled\", \"owner\": \"dana\", \"plan\": \"old\"}", 90);
    open("/accounts/labels");
    button("Edit").click();
    dialog("labels").getByLabel("owner").fill("kim");
    dialog("labels").getByLabel("plan").fill("");
    dialog("labels").getByText("Change").click();
    Locator labels = page.locator("[aria-labelledby=labels-title]");
    assertThat(labels).containsText("kim");
    assertThat(labels).not().containsText("plan");
    button("Edit").click();
    dialog("labels")
        .getByLabel("Label", new Locator.GetByLabelOptions().setExact(true))
        .fill("segment");
    dialog("labels").getByLabel("Value").fill("smb");
    dialog("labels").getByText("Add").click();
    assertThat(labels).containsText("smb");
    assertThat(page.locator(".pill")).containsText("Healthy");
  }

  @Test
  void a_label_may_be_called_as_a_part_of_a_form_is() {
    node.account("odd", "{\"elements\": \"four\", \"matches\": \"none\"}", 90);
    open("/accounts/odd");
    button("Edit").click();
    dialog("labels").getByLabel("elements").fill("five");
    dialog("labels").getByText("Change").click();
    Locator labels = page.locator("[aria-labelledby=labels-title]");
    assertThat(labels).containsText("five");
    assertThat(labels).containsText("none");
  }

  @Test
  void an_outcome_is_logged_and_a_lost_account_is_closed_until_it_is_reopened() {
    node.account("lost", "{\"name\": \"Lost\"}", 90);
    open("/accounts/lost");
    button("Log an outcome…").click();
    dialog("outcome").getByLabel("What became of it").selectOption("churned");
    dialog("outcome").getByText("Log it").click();
    assertThat(page.locator(".shut")).containsText("Closed since");
    button("Reopen").click();
    assertThat(page.locator(".shut")).hasCount(0);
    button("Close…").click();
    dialog("close").getByText("Close", new Locator.GetByTextOptions().setExact(true)).click();
    assertThat(page.locator(".shut")).containsText("Closed since");
  }

  @Test
  void a_task_is_done_by_one_click_and_undone_by_another() {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> node.api().get("/v1/tasks?account=turns").body().contains("Call them"));
    open("/accounts/turns");
    assertThat(page.locator("#tasks .task")).containsText("Call them");
    assertThat(page.locator("[aria-labelledby=runs-title] li")).containsText("Act");
    assertThat(page.locator("[aria-labelledby=runs-title] li"))
        .containsText("Healthy to Critical, on ");
    button("Done: Call them").click();
    assertThat(page.locator("#tasks .over")).containsText("Call them");
    assertThat(page.locator("#tasks .task")).hasCount(0);
    button("Undo: Call them").click();
    assertThat(page.locator("#tasks .task")).hasCount(1);
  }

  @ParameterizedTest
  @CsvSource({
    "/accounts/acme, 1440, LIGHT",
    "/accounts/acme, 1440, DARK",
    "/accounts/acme, 390, LIGHT",
    "/accounts/acme, 390, DARK",
    "/accounts/acme?asOf=2001-01-01, 390, LIGHT",
    "/accounts/turns?asOf=2999-01-01, 1440, DARK"
  })
  void it_fits_its_window_and_is_for_everybody(String path, int width, ColorScheme scheme) {
    page = chromium.open(node.uri(), path, width, scheme);
    assertThat(page.locator("#live")).hasText("Live");
    if (page.locator(".why").count() > 0) {
      button("Pulse").click();
      assertThat(page.locator(".behind:not([hidden]) li").first()).isVisible();
      assertThat(page.locator("#last-signal")).not().hasText("…");
      assertThat(page.locator(".why tbody th").nth(1).boundingBox().width).isGreaterThan(150);
    }
    assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
    assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(width);
  }
}
