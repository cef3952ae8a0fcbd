package keepwell.dashboard.portfolio;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
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

/** The portfolio in a browser, as people use it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PortfolioPageTest {
  private static PagesNode node;
  private static Chromium chromium;
  private Page page;

  @BeforeAll
  static void start(@TempDir Path data) {
    node = new PagesNode(data);
    String soon = '"' + LocalDate.now(ZoneOffset.UTC).plusDays(45).toString() + '"';
    for (String account : List.of("acme", "globex", "initech")) {
      node.signal(account, "renewal-date", soon, "");
    }
    node.signal("initech", "arr", "52000", "");
    node.account("acme", "{\"name\": \"Acme\", \"owner\": \"dana\"}", 91);
    node.account("globex", "{\"name\": \"Globex\", \"owner\": \"kim\", \"segment\": \"smb\"}", 91);
    node.account("initech", "{\"name\": \"Initech\", \"owner\": \"kim\"}", 60);
    node.account("initech", "{}", 23);
    chromium = new Chromium();
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
    page.evaluate("window.stayed = true");
  }

  private void assertStayed() {
    assertThat(page.evaluate("window.stayed")).isEqualTo(true);
  }

  private Locator names() {
    return page.locator(".accounts tbody th > a");
  }

  private Locator link(String name) {
    return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  @Test
  void the_figures_are_of_all_accounts_or_of_an_owner_s() {
    open("/");
    assertThat(page.locator("h1")).hasText("Portfolio");
    assertThat(page.locator("#sum")).containsText("52k ARR");
    page.locator("#choose-owner").selectOption("kim");
    assertThat(page).hasURL(node.uri() + "/?owner=kim");
    assertThat(page.locator("#sum")).hasText("2 accounts with owner kim, 52k ARR");
    assertThat(page.locator(".bands li").nth(2)).containsText("1 50.0%");
    assertThat(page.locator(".bands li").nth(2)).containsText("+1 in 7 days: 1 in, 0 out");
    assertThat(names()).hasText(new String[] {"Initech", "Globex"});
    page.locator("#choose-segment").selectOption("smb");
    assertThat(page).hasURL(node.uri() + "/?owner=kim&segment=smb");
    assertThat(page.locator("#sum"))
        .hasText("2 accounts with owner kim, 52k ARR. The segment narrows only the list");
    assertThat(names()).hasText(new String[] {"Globex"});
    assertStayed();
  }

  @Test
  void typing_searches_after_a_pause_and_the_place_is_kept() {
    open("/?owner=kim");
    Locator search = page.getByLabel("Name or id begins with");
    search.pressSequentially("glo");
    assertThat(names()).hasText(new String[] {"Globex"});
    assertThat(page).hasURL(node.uri() + "/?owner=kim&q=glo&sort=score");
    assertThat(search).isFocused();
    assertThat(page.locator("#said")).hasText("1 account with these filters");
    assertStayed();
  }

  @Test
  void what_is_typed_while_the_list_is_asked_for_is_not_lost() {
    open("/");
    List<Route> held = new ArrayList<>();
    page.route(Pattern.compile("/\\?.*q=gl($|&)"), held::add);
    Locator search = page.getByLabel("Name or id begins with");
    page.waitForRequest(Pattern.compile("q=gl&"), () -> search.pressSequentially("gl"));
    search.pressSequentially("o");
    held.forEach(Route::resume);
    assertThat(page).hasURL(Pattern.compile("q=glo"));
    assertThat(search).hasValue("glo");
    assertThat(names()).hasText(new String[] {"Globex"});
    // htmx complains of each list that is not waited for any more
    chromium.complaints().removeIf(each -> each.contains("htmx:"));
  }

  @Test
  void a_number_can_be_typed_on_while_the_list_is_asked_for() {
    open("/?owner=kim");
    Locator below = page.getByLabel("Score below");
    below.pressSequentially("6");
    assertThat(page).hasURL(Pattern.compile("below=6&"));
    assertThat(page.locator(".nothing")).containsText("No account fits.");
    List<Route> held = new ArrayList<>();
    page.route(Pattern.compile("below=60&"), held::add);
    page.waitForRequest(Pattern.compile("below=60&"), () -> below.pressSequentially("0"));
    below.pressSequentially(".5");
    held.forEach(Route::resume);
    assertThat(page).hasURL(Pattern.compile("below=60.5&"));
    assertThat(below).hasValue("60.5");
    assertThat(below).isFocused();
    // htmx complains of each list that is not waited for any more
    chromium.complaints().removeIf(each -> each.contains("htmx:"));
  }

  @Test
  void figures_that_come_too_late_are_not_shown() {
    node.account("late", "{\"owner\": \"late\"}", 90);
    open("/?owner=late");
    List<Route> held = new ArrayList<>();
    page.route(Pattern.compile("/portfolio/figures\\?owner=late$"), held::add);
    page.waitForRequest(
        Pattern.compile("/portfolio/figures"),
        () -> {
          node.pulse("late", 10, "");
          assertThat(page.locator("#note")).containsText("late became Critical");
        });
    page.locator("#moves-30").click();
    assertThat(page.locator("#moves .lead")).containsText("in 30 days.");
    page.waitForResponse(
        Pattern.compile("/portfolio/figures\\?owner=late$"), () -> held.forEach(Route::resume));
    page.locator("#moves-30").blur();
    assertThat(page.locator(".bands li").nth(2))
        .containsText("1 100.0%", new LocatorAssertions.ContainsTextOptions().setTimeout(20_000));
    assertThat(page.locator("#moves-30")).hasAttribute("aria-current", "true");
  }

  @Test
  void who_goes_on_by_the_keyboard_goes_on_from_the_list() {
    open("/?owner=kim&limit=1");
    page.locator("#next-page").press("Enter");
    assertThat(page.locator("#first-page")).isVisible();
    assertThat(page.locator("#next-page")).hasCount(0);
    assertThat(page.locator("#accounts")).isFocused();
  }

  @Test
  void a_filter_swaps_the_list_alone_and_the_way_back_leads_back() {
    open("/?owner=kim");
    page.locator("#bands").evaluate("bands => bands.stayed = true");
    Locator critical = page.locator(".choice").getByText("Critical");
    critical.click();
    assertThat(page).hasURL(node.uri() + "/?owner=kim&tier=red");
    assertThat(names()).hasText(new String[] {"Initech"});
    assertThat(page.locator("#tier-2")).isFocused();
    assertThat(page.locator("#bands").evaluate("bands => bands.stayed")).isEqualTo(true);
    assertStayed();
    page.goBack();
    assertThat(page).hasURL(node.uri() + "/?owner=kim");
    assertThat(names()).hasText(new String[] {"Initech", "Globex"});
  }

  @Test
  void renewals_lead_to_their_accounts() {
    open("/?owner=kim&q=x");
    assertThat(page.locator(".lead").first())
        .containsText("1 Critical account worth 52k a year renews within 90 days.");
    page.locator(".renewals tbody tr").nth(1).getByText("52k").click();
    assertThat(page).hasURL(node.uri() + "/?owner=kim&renewingWithin=P60D&tier=red#accounts");
    assertThat(names()).hasText(new String[] {"Initech"});
    assertThat(page.locator("#renewing-within")).hasValue("P60D");
  }

  @Test
  void moves_are_of_a_week_or_of_a_month() {
    open("/?owner=kim&sort=name");
    assertThat(page.locator("#moves .lead")).hasText("0 rose and 1 fell in 7 days.");
    link("30 days").and(page.locator("#moves a")).click();
    assertThat(page).hasURL(node.uri() + "/?moves=P30D&owner=kim&sort=name");
    assertThat(page.locator("#moves .lead")).hasText("0 rose and 1 fell in 30 days.");
    assertThat(page.locator("#moves .down")).hasText("1");
    link("Score").click();
    assertThat(page).hasURL(node.uri() + "/?moves=P30D&owner=kim&sort=score");
  }

  @Test
  void curves_come_to_their_rows_and_a_row_that_changes_has_its_own() {
    node.account("curve", "{\"owner\": \"curve\"}", 90);
    open("/?owner=curve");
    Locator curve = page.locator(".c-curve svg");
    assertThat(curve).hasAttribute("aria-label", "90.0 to 90.0 in 1 day");
    assertThat(curve).hasClass("spark best");
    node.pulse("curve", 10, "");
    assertThat(curve).hasAttribute("aria-label", "10.0 to 10.0 in 1 day");
    assertThat(curve).hasClass("spark worst");
  }

  @Test
  void the_figures_follow_a_change_and_nothing_else_moves() {
    node.account("follow", "{\"owner\": \"follow\"}", 90);
    open("/?owner=follow&moves=P30D");
    assertThat(page.locator(".bands li").first()).containsText("1 100.0%");
    page.locator("#accounts").evaluate("list => list.stayed = true");
    node.pulse("follow", 10, "");
    assertThat(page.locator(".bands li").nth(2))
        .containsText("1 100.0%", new LocatorAssertions.ContainsTextOptions().setTimeout(20_000));
    assertThat(page.locator("#moves .lead")).hasText("0 rose and 1 fell in 30 days.");
    assertThat(page.locator("#accounts").evaluate("list => list.stayed")).isEqualTo(true);
    assertThat(page).hasURL(node.uri() + "/?owner=follow&moves=P30D");
  }

  @Test
  void without_a_script_all_that_leads_on_is_there() {
    open("/?owner=kim");
    assertThat(node.api().get("/?owner=kim").body())
        .contains(
            "href=\"/?owner=kim&amp;tier=red\"",
            "<form class=\"filters\" action=\"/\"",
            "<form class=\"scope\" id=\"scope\" action=\"/\"");
  }

  @ParameterizedTest
  @CsvSource({
    "/?moves=P8D, moves is none of P7D",
    "/portfolio/curves?below=low, below is not a number from 0 to 100.",
    "/portfolio/curves?colour=red, colour is none of the parameters",
    "/portfolio/figures?colour=red, colour is none of the parameters"
  })
  void what_is_wrong_is_said(String path, String sentence) {
    open("/");
    APIResponse answer = page.request().get(path);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("<p>" + sentence);
  }
}
