package keepwell.dashboard.scorecard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.regex.Pattern;
import keepwell.dashboard.Chromium;
import keepwell.dashboard.PagesNode;
import keepwell.http.Api;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scorecard, its versions and drafts in a browser. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ScorecardPageTest {
  private static final String GREEN = "scorecards[0].tiers[0].from";
  private static final String PULSE = "scorecards[0].categories[0].metrics[0]";
  private static final String WEIGHT = "scorecards[0].categories[0].weight";

  private static PagesNode node;
  private static Chromium chromium;
  private Page page;
  private DraftForm form;

  @BeforeAll
  static void start(@TempDir Path data) {
    node = new PagesNode(data);
    node.account("acme", "{\"name\": \"Acme\"}", 91);
    node.account("globex", "{\"name\": \"Globex\"}", 72);
    node.account("initech", "{\"name\": \"Initech\"}", 23);
    await().until(() -> node.api().get("/v1/signals").body().contains("pulse"));
    chromium = new Chromium();
  }

  @AfterAll
  static void stop() {
    chromium.close();
    node.close();
  }

  @BeforeEach
  void another_version() {
    node.scorecards(80);
  }

  @AfterEach
  void nothing_was_complained_of() {
    page.close();
    assertThat(chromium.complaints()).isEmpty();
  }

  private static int inForce() {
    return Api.json(node.api().get("/v1/scorecards")).get("version").asInt();
  }

  private void open(String path) {
    page = chromium.open(node.uri(), path);
    form = new DraftForm(page);
    assertThat(page.locator("#live")).hasText("Live");
  }

  private void draft() {
    open("/scorecard/draft");
    assertThat(page.locator("#draft:not([inert])")).isVisible();
  }

  /** A browser tells of an answer that refuses, too. */
  private static void forgiven(String status) {
    chromium.complaints().removeIf(each -> each.contains(status));
  }

  @Test
  void the_version_in_force_is_read_as_a_person_reads_it() {
    open("/scorecard");
    assertThat(page.locator(".title p")).containsText("Version " + inForce() + ", in force since");
    assertThat(page.locator(".ladder > svg"))
        .hasAttribute("aria-label", "Healthy from 80, At risk from 50, Critical from 0");
    Locator metrics = page.locator(".metric");
    assertThat(metrics.nth(0).locator(".words")).hasText("Latest pulse");
    assertThat(metrics.nth(0).locator("title"))
        .hasText("0 and less scores 0, 100 and more scores 100");
    assertThat(metrics.nth(0).locator(".amount")).hasText("3 points");
    assertThat(metrics.nth(1).locator(".words")).hasText("Latest nps never sent");
    assertThat(page.locator("#kept")).isHidden();
  }

  @Test
  void an_older_version_shows_what_it_changed() {
    node.scorecards(70);
    int changed = inForce();
    node.scorecards(60);
    open("/scorecard?version=" + changed);
    assertThat(page.locator(".title p")).containsText("was in force from");
    assertThat(page.locator(".differing li")).hasText("Healthy from 70 instead of 80");
    assertThat(page.locator(".ladder del")).hasText("was from from 80");
    assertThat(page.locator(".versions [aria-current]")).hasText("Version " + changed);
    page.getByText("Against the one in force").click();
    assertThat(page.locator(".differing li")).hasText("Healthy from 70 instead of 60");
    assertThat(page).hasURL(node.uri() + "/scorecard?version=" + changed + "&against=" + inForce());
  }

  @Test
  void a_version_that_there_is_not_is_told_of() {
    page = chromium.open(node.uri(), "/scorecard?version=4000");
    assertThat(page.locator("main")).containsText("version is no version that there is.");
    forgiven("400");
  }

  @Test
  void an_edited_number_is_in_the_document_and_shown_as_changed() {
    draft();
    form.fill(PULSE + ".points", "2");
    assertThat(form.differences()).hasText("Pulse points 2 instead of 3");
    assertThat(page.locator(".metric.changed")).containsText("was 3");
    assertThat(form.source()).hasValue(Pattern.compile("\"name\": \"Pulse\",\\s+\"points\": 2,"));
    form.edit("Pulse");
    form.fill(PULSE + ".curve[1][0]", "90");
    assertThat(page.locator(".metric.changed .change")).hasText("full score at 90 instead of 100");
    assertThat(page.locator(".metric.changed .was")).hasCount(1);
    assertThat(form.field(PULSE + ".curve[1][0]")).isVisible(); // what is open stays open
  }

  @Test
  void windows_and_what_may_be_left_out_are_fields() {
    draft();
    form.edit("Pulse");
    form.fill(PULSE + ".measure.window", "30");
    form.fill(PULSE + ".missing", "40");
    assertThat(form.differences())
        .hasText(
            new String[] {
              "Pulse window 30 days instead of all days",
              "Pulse without data it scores 40 instead of is left out"
            });
    form.fill(PULSE + ".measure.window", "");
    form.fill(PULSE + ".missing", "");
    assertThat(page.locator("#differences")).containsText("Nothing is changed yet");
  }

  @Test
  void points_of_a_curve_are_added_and_removed() {
    draft();
    form.edit("Pulse");
    form.button("Add a point to Pulse").click();
    assertThat(form.field(PULSE + ".curve[2][0]")).hasValue("200");
    form.button("Remove Pulse, point 2").click();
    assertThat(form.field(PULSE + ".curve[1][0]")).hasValue("200");
    assertThat(form.differences()).hasText("Pulse full score at 200 instead of 100");
  }

  @Test
  void what_would_be_a_fault_is_not_removed() {
    draft();
    form.edit("Pulse");
    form.button("Remove Pulse, point 1").click();
    assertThat(page.locator("#faults")).containsText("That would be a fault");
    assertThat(page.locator("#faults")).containsText("Pulse, curve has only one point");
    assertThat(form.field(PULSE + ".curve[1][0]")).hasValue("100");
    form.fill(WEIGHT, "2");
    assertThat(page.locator("#faults")).isHidden();
    assertThat(form.differences()).hasText("Everything weight 2 instead of 1");
    forgiven("422");
  }

  @Test
  void a_bad_draft_is_told_by_path_and_at_its_field() {
    draft();
    form.fill(PULSE + ".points", "-1");
    assertThat(page.locator("#faults"))
        .containsText("Pulse, points is not from 0 to 1000000000000000 " + PULSE + ".points");
    assertThat(form.field(PULSE + ".points")).hasAttribute("aria-invalid", "true");
    form.fill(PULSE + ".points", "5");
    assertThat(page.locator("#faults")).isHidden();
    assertThat(form.field(PULSE + ".points")).not().hasAttribute("aria-invalid", "true");
    forgiven("422");
  }

  @Test
  void the_document_and_the_form_are_in_step() {
    draft();
    form.source().fill(form.source().inputValue().replace("\"weight\": 1", "\"weight\": 7"));
    form.source().blur();
    assertThat(form.field(WEIGHT)).hasValue("7");
    assertThat(form.differences()).hasText("Everything weight 7 instead of 1");
    form.source().fill("{");
    form.source().blur();
    assertThat(page.locator("#unreadable")).containsText("This is not JSON");
    assertThat(form.field(WEIGHT)).hasValue("7");
    form.source().fill("{\"scorecards\": []}");
    form.source().blur();
    assertThat(page.locator("#faults")).containsText("scorecards is empty");
    assertThat(page.locator("#edit")).hasAttribute("inert", "");
    forgiven("422");
  }

  @Test
  void a_draft_survives_a_reload_until_it_is_discarded() {
    draft();
    form.fill(WEIGHT, "4");
    assertThat(form.differences()).hasCount(1);
    page.reload();
    assertThat(form.field(WEIGHT)).hasValue("4");
    page.navigate("/scorecard");
    page.locator("#kept a").click();
    assertThat(form.differences()).hasText("Everything weight 4 instead of 1");
    form.button("Discard draft").click();
    form.button("Discard").click();
    assertThat(page).hasURL(node.uri() + "/scorecard");
    assertThat(page.locator("#kept")).isHidden();
  }

  @Test
  void a_document_from_elsewhere_is_adopted_as_a_draft() {
    open("/scorecard");
    page.evaluate(
        "async version => {"
            + "const document = await (await fetch('/v1/scorecards')).json();"
            + "document.scorecards[0].base = 3;"
            + "(await import('/dashboard/draft.js')).adopt(document, version); }",
        inForce());
    assertThat(page).hasURL(node.uri() + "/scorecard/draft?from=" + inForce());
    assertThat(form.differences()).hasText("pulse base 3 instead of 0");
  }

  @Test
  void a_draft_is_previewed_on_all_accounts() {
    draft();
    form.edit("tiers and rules of pulse");
    form.fill(GREEN, "95");
    assertThat(form.differences()).hasCount(1);
    form.button("Preview").click();
    assertThat(page.locator("#preview .lead")).hasText("1 account changes tier: 1 down.");
    Locator healthy = page.locator(".matrix tbody tr").first();
    assertThat(healthy.locator("td")).hasText(new String[] {"0", "↘ 1", "0", "0", "1"});
    assertThat(page.locator("#preview")).containsText("3 accounts scored, nothing stored");
    assertThat(page.locator("#preview .warned"))
        .hasText("Satisfaction, measure signal: no account has ever sent the signal \"nps\"");
    assertThat(page.locator("#outdated")).isHidden();
    form.fill(GREEN, "96");
    assertThat(page.locator("#outdated")).isVisible();
  }

  @Test
  void those_whose_scores_differ_most_are_told_and_why() {
    draft();
    form.edit("Pulse");
    form.fill(PULSE + ".curve[1][0]", "80");
    assertThat(form.differences()).hasCount(1);
    form.button("Preview").click();
    Locator mover = page.locator(".movers tbody tr").first();
    assertThat(mover.locator("a")).hasText("Globex");
    assertThat(mover.locator(".why")).hasText("Pulse +18.0");
    assertThat(mover.locator(".move .hidden")).hasText(new String[] {"At risk", "Healthy"});
    assertThat(mover).containsText("72.0 → 90.0");
    assertThat(mover.locator("a")).hasAttribute("href", "/accounts/globex");
  }

  @Test
  void a_sample_says_what_it_tells_of_all() {
    open("/scorecard");
    Object answer =
        page.evaluate(
            "async () => {"
                + "const draft = await (await fetch('/v1/scorecards')).json();"
                + "draft.scorecards[0].tiers[0].from = 99;"
                + "const headers = { 'content-type': 'application/json' };"
                + "const request = { method: 'POST', headers, body: JSON.stringify(draft) };"
                + "return (await fetch('/scorecard/preview?sample=2', request)).text(); }");
    assertThat(answer).asString().contains("Of all 3 accounts that is ", "2 accounts scored");
  }

  @Test
  void a_bad_draft_is_not_previewed() {
    draft();
    form.fill(PULSE + ".points", "-1");
    assertThat(page.locator("#faults")).isVisible();
    form.button("Preview").click();
    assertThat(page.locator("#preview")).containsText(PULSE + ".points is not from 0");
    forgiven("422");
  }
}
