package keepwell.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import keepwell.http.Api;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a customer-success team does with the pages on a morning, one after the other. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MorningTest {
  private Api api;
  private Page page;

  @Test
  void a_morning_leads_through_all_pages(@TempDir Path data) {
    try (DemoNode node = new DemoNode(data);
        Chromium chromium = new Chromium()) {
      api = node.api();
      page = chromium.open(node.uri(), "/");
      assertThat(page.locator("#live")).hasText("Live");
      String account = first("/v1/accounts?tier=green&sort=-score&limit=1", "account");
      who_is_at_risk();
      somebody_falls_while_one_looks(account);
      why_and_since_when(account);
      what_is_to_be_done();
      is_the_score_right();
      what_would_other_weights_do();
      what_the_board_is_told();
      assertThat(chromium.complaints()).isEmpty();
    }
  }

  private String first(String path, String field) {
    JsonNode items = Api.json(api.get(path)).get("items");
    return items.get(0).get(field).asText();
  }

  private void go(String name) {
    page.getByLabel("Main").getByText(name).click();
    assertThat(page.getByLabel("Main").locator("[aria-current=page]")).hasText(name);
  }

  private Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private void who_is_at_risk() {
    assertThat(page.locator("h1")).hasText("Portfolio");
    assertThat(page.locator("main")).containsText("200 accounts");
    page.getByLabel("Tier", new Page.GetByLabelOptions().setExact(true))
        .getByText("Critical")
        .click();
    assertThat(page).hasURL(Pattern.compile(".*tier=red.*"));
    assertThat(page.locator(".accounts tbody tr").first().locator(".c-tier")).hasText("Critical");
    assertThat(page.locator(".accounts tbody tr").first().locator(".c-why")).not().hasText("");
    assertThat(page.locator(".accounts tbody tr").first().locator("polyline")).hasCount(1);
  }

  private void somebody_falls_while_one_looks(String account) {
    page.navigate("/?q=" + account);
    Locator row = page.locator(".accounts tbody tr");
    assertThat(page.locator("#live")).hasText("Live");
    assertThat(row.locator(".c-tier")).hasText("Healthy");
    String override =
        "{\"max\": 20, \"reason\": \"The champion has left\", \"author\": \"dana\", \"until\": \"%s\"}";
    LocalDate until = LocalDate.now(ZoneOffset.UTC).plusDays(30);
    assertThat(
            api.put("/v1/accounts/" + account + "/override", override.formatted(until))
                .statusCode())
        .isEqualTo(200);
    assertThat(row.locator(".c-tier")).hasText("Critical");
    assertThat(row.locator(".was")).hasText("was Healthy");
    assertThat(page.locator("#note")).containsText("became Critical while you were here");
    row.locator("th a").first().click();
  }

  private void why_and_since_when(String account) {
    assertThat(page).hasURL(Pattern.compile(".*/accounts/" + account));
    assertThat(page.locator(".pill")).containsText("Critical");
    assertThat(page.locator("#overridden")).containsText("The champion has left");
    page.locator(".why tbody button").first().click();
    assertThat(page.locator(".behind:not([hidden]) li").first()).isVisible();
    Locator day = page.getByLabel("Day to look at");
    day.focus();
    page.keyboard().press("ArrowLeft");
    assertThat(page).hasURL(Pattern.compile(".*asOf=.*"));
    assertThat(page.locator(".elsewhen")).containsText("as it was on");
    page.getByText("Back to today").click();
    button("Take it back").click();
    assertThat(page.locator(".pill")).containsText("Healthy");
  }

  private void what_is_to_be_done() {
    go("Today");
    assertThat(page.locator("#says")).containsText("tasks are open");
    Locator done = page.locator(".task button[aria-label^='Done: ']").first();
    String task = done.getAttribute("aria-label").substring("Done: ".length());
    done.click();
    assertThat(button("Undo: " + task)).isVisible();
    assertThat(page.locator("#moved h2").first()).hasText("Newly Critical");
  }

  private void is_the_score_right() {
    go("Truth");
    assertThat(page.locator(".verdict h2"))
        .hasText("The score tells better than chance who stays.");
    assertThat(page.locator(".rates tbody tr")).hasCount(3);
    page.locator("[data-surveys] button").click();
    assertThat(page.locator("#calibration .advice")).isVisible();
    page.locator("[data-adopts='#draft-fitted']").click();
    assertThat(page).hasURL(Pattern.compile(".*/scorecard/draft\\?from=2"));
    assertThat(page.locator("#differences .differing li").first()).isVisible();
  }

  private void what_would_other_weights_do() {
    button("Preview").click();
    assertThat(page.locator("#preview .lead")).containsText("change");
    assertThat(page.locator(".matrix")).isVisible();
    button("Activate…").click();
    button("Activate").click();
    assertThat(page.locator(".title p")).containsText("Version 3");
    assertThat(page.locator("#rescored"))
        .containsText("All accounts have been rescored by version 3");
  }

  private void what_the_board_is_told() {
    go("Executive");
    assertThat(page.locator("h1")).containsText("Customer health");
    assertThat(page.locator(".rates tbody tr")).hasCount(3);
    page.getByText("Weekly report").click();
    assertThat(page.locator("h1")).containsText("The week");
  }
}
