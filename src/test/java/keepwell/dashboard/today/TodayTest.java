package keepwell.dashboard.today;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import keepwell.dashboard.Chromium;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What somebody does in the morning, in a browser. It is Tuesday, 3 March. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TodayTest {
  private static TodayNode node;
  private static Chromium chromium;
  private Page page;

  @BeforeAll
  static void start(@TempDir Path data) {
    node = new TodayNode(data, Map.of(), TodayNode.PLAYBOOKS);
    node.turned("acme", "Acme", "dana", 52_000, 23);
    node.turned("globex", "Globex", "dana", 9_000, 62);
    node.leap(Duration.ofHours(25));
    chromium = new Chromium();
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
    assertThat(page.locator("#live")).hasText("Live");
  }

  private Locator task(String account) {
    return page.locator(".task", new Page.LocatorOptions().setHasText(account));
  }

  private Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  @Test
  void it_says_what_is_to_be_done_and_shows_it_by_when_it_is_due() {
    open("/today?owner=dana");
    assertThat(page.locator("h1")).hasText("Tuesday 3 March");
    assertThat(page.locator("#says")).hasText("2 tasks of dana are open, 1 is overdue.");
    assertThat(page.locator(".group")).hasText(new String[] {"Overdue 1", "This week 1"});
    assertThat(task("Acme")).containsText("Find out what is wrong");
    assertThat(task("Acme")).containsText("dana · Act on a critical account");
    assertThat(task("Acme")).containsText("Given 2 Mar at 23.0: Pulse −77.0");
    assertThat(task("Acme").locator(".whom")).containsText("Critical 23.0");
    assertThat(task("Acme").locator(".worth")).containsText("52k");
    assertThat(task("Acme").locator(".due")).hasText("1 h late");
    assertThat(task("Globex").locator(".due")).hasText("Thu 5 Mar");
    assertThat(task("Acme").locator(".whom a")).hasAttribute("href", "/accounts/acme");
  }

  @Test
  void who_is_newly_at_risk_is_told_by_tier_those_worth_most_first() {
    open("/today?owner=dana");
    assertThat(page.locator("#moved h2")).hasText(new String[] {"Newly Critical", "Newly At risk"});
    assertThat(page.locator("#moved header p").first()).hasText("7 days: 1 account, 52k ARR");
    assertThat(page.locator(".moves li").first())
        .containsText("From Healthy, 2 Mar, dana, 52k ARR");
    assertThat(page.locator(".moves li").first()).containsText("Pulse −77.0");
  }

  @Test
  void a_task_is_done_in_one_click_and_undone_by_another() {
    node.turned("done", "Umbrella", "una", 100, 20);
    open("/today?owner=una");
    button("Done: Find out what is wrong, Umbrella").click();
    assertThat(task("Umbrella").locator(".due")).hasText("Done");
    assertThat(page.locator("#says")).hasText("No task of una is open.");
    assertThat(page.locator("#said"))
        .hasText("Done: Find out what is wrong, Umbrella. The same button undoes it.");
    assertThat(node.api().get("/v1/tasks?owner=una&state=done").body()).contains("Umbrella");
    assertThat(button("Undo: Find out what is wrong, Umbrella")).isFocused();
    page.keyboard().press("Enter");
    assertThat(page.locator("#says")).hasText("1 task of una is open, and not due today.");
    assertThat(button("Done: Find out what is wrong, Umbrella")).isFocused();
    assertThat(node.api().get("/v1/tasks?owner=una&state=open").body()).contains("Umbrella");
  }

  @Test
  void tasks_that_are_done_at_once_are_all_shown_as_done() {
    for (String id : List.of("quick-1", "quick-2", "quick-3")) {
      node.turned(id, "Name of " + id, "quinn", 100, 20);
    }
    open("/today?owner=quinn");
    List<Route> held = new ArrayList<>();
    page.route(Pattern.compile("/today/tasks/"), held::add);
    page.evaluate("document.querySelectorAll('button.check').forEach(button => button.click())");
    page.waitForCondition(() -> held.size() == 3);
    held.forEach(Route::resume);
    assertThat(page.locator(".task .due")).hasText(new String[] {"Done", "Done", "Done"});
    assertThat(page.locator("#says")).hasText("No task of quinn is open.");
  }

  @Test
  void a_task_is_put_off_and_given_to_somebody_else() {
    node.turned("later", "Vandelay", "vera", 100, 20);
    open("/today?owner=vera");
    button("Later or somebody else: Find out what is wrong, Vandelay").click();
    page.getByLabel("Due on the day").fill("2026-03-20");
    page.getByLabel("Owner").fill("walter");
    page.getByLabel("Note").fill("On holiday");
    page.getByLabel("Your name").fill("vera");
    button("Change").click();
    assertThat(page.locator(".empty h2")).hasText("Nothing is to be done by vera");
    assertThat(page.locator("#said")).hasText("Changed: Find out what is wrong, Vandelay");
    page.getByLabel("Tasks and accounts of").selectOption("walter");
    assertThat(page).hasURL(Pattern.compile(".*/today\\?owner=walter"));
    assertThat(task("Vandelay").locator(".due")).hasText("20 Mar");
    assertThat(page.locator(".group")).hasText("Later 1");
  }

  @Test
  void a_change_that_is_refused_is_told_in_its_form() {
    node.turned("wrong", "Wonka", "willy", 100, 20);
    open("/today?owner=willy");
    button("Later or somebody else: Find out what is wrong, Wonka").click();
    page.getByLabel("Owner").evaluate("field => field.value = 'w'.repeat(201)");
    button("Change").click();
    assertThat(page.locator("dialog[open] .wrong")).containsText("owner");
    chromium.complaints().removeIf(each -> each.contains("422"));
  }

  @Test
  void nobody_s_tasks_are_told_of() {
    node.turned("nobody", "Nakatomi", "nina", 100, 20);
    String id =
        node.api().get("/v1/tasks?owner=nina").body().replaceAll("(?s).*?\"id\":(\\d+).*", "$1");
    node.api()
        .send(
            "PATCH",
            "/v1/tasks/" + id,
            BodyPublishers.ofString("{\"owner\": null}"),
            "content-type",
            "application/json");
    open("/today");
    assertThat(page.locator("#says")).containsText("1 has no owner.");
    assertThat(task("Nakatomi")).containsText("No owner");
  }

  @Test
  void who_changes_tier_meanwhile_is_shown_when_somebody_wants_to_see_it() {
    node.account("live", "Hooli", "lena");
    node.account("live-2", "Piper", "lena");
    open("/today?owner=lena");
    assertThat(page.locator("#moved h2")).hasText("Nobody is newly at risk");
    node.send("live", "pulse", 55);
    assertThat(page.locator("#note"))
        .containsText("An account that is not shown changed tier while you were here.");
    node.send("live-2", "pulse", 20);
    assertThat(page.locator("#note"))
        .containsText("2 accounts that are not shown changed tier while you were here.");
    assertThat(page.locator("#moved h2")).hasText("Nobody is newly at risk");
    page.locator("#note a").click();
    assertThat(page.locator(".moves li > a")).hasText(new String[] {"Piper", "Hooli"});
    assertThat(page.locator("#note p")).isHidden();
    node.send("live", "pulse", 90);
    assertThat(page.locator("#note")).containsText("Hooli became Healthy while you were here.");
  }

  @ParameterizedTest
  @CsvSource({"1440, LIGHT", "1440, DARK", "390, LIGHT", "390, DARK"})
  void it_fits_its_window_and_is_for_everybody(int width, ColorScheme scheme) {
    page = chromium.open(node.uri(), "/today", width, scheme);
    assertThat(page.locator("#live")).hasText("Live");
    assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
    assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(width);
    task("Acme").locator(".more").click();
    assertThat(new AxeBuilder(page).include("dialog[open]").analyze().getViolations()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/today?cursor=x, 400, cursor is none of this list.",
    "/today?whose=dana, 400, whose is none of the parameters",
    "/today/tasks/999999, 404, There is no such task."
  })
  void what_is_wrong_is_said_by_a_page(String path, int status, String sentence) {
    page = chromium.open(node.uri(), "/today");
    APIResponse answer = page.request().get(node.uri() + path);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.text()).contains("<p>" + sentence);
  }
}
