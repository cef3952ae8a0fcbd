package keepwell.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.AriaRole;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages in a browser, as people use them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DashboardTest {
  private static final String HOSTILE = "<script>alert(1)</script>\"'&";

  private static PagesNode node;
  private static Chromium chromium;
  private Page page;

  @BeforeAll
  static void start(@TempDir Path data) {
    node = new PagesNode(data);
    node.signal("acme", "arr", "52000", "");
    node.account("acme", "{\"name\": \"Acme\", \"owner\": \"dana\"}", 91);
    node.account("globex", "{\"name\": \"Globex\", \"owner\": \"kim\"}", 62);
    node.account("initech", "{\"name\": \"Initech\", \"owner\": \"kim\"}", 23);
    node.account(
        HOSTILE, "{\"name\": \"\\\"><img src=x onerror=alert(1)>\", \"owner\": \"<b>\"}", 74);
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
  }

  private Locator rows() {
    return page.locator(".accounts tbody tr");
  }

  private Locator names() {
    return page.locator(".accounts tbody th > a");
  }

  private Locator link(String name) {
    return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  @Test
  void the_list_shows_who_is_at_risk_first_and_why() {
    open("/?q=i");
    assertThat(names()).hasText(new String[] {"Initech"});
    assertThat(rows().first()).containsText("Critical");
    assertThat(rows().first().locator(".score")).containsText("23.0");
    assertThat(rows().first().locator(".c-why")).hasText("Pulse −77.0");
    assertThat(page.locator(".bands li").nth(2)).containsText("Critical");
  }

  @Test
  void a_filter_is_a_link_and_the_url_has_it() {
    open("/?owner=kim");
    page.getByLabel("Tier", new Page.GetByLabelOptions().setExact(true))
        .getByText("Critical")
        .click();
    assertThat(page).hasURL(node.uri() + "/?owner=kim&tier=red");
    assertThat(names()).hasText(new String[] {"Initech"});
    page.getByText("owner: kim").click();
    assertThat(page).hasURL(node.uri() + "/?tier=red");
  }

  @Test
  void the_form_keeps_the_other_filters_and_leaves_out_what_is_empty() {
    open("/?tier=yellow");
    page.getByLabel("Name or id begins with").fill("glo");
    page.keyboard().press("Enter");
    assertThat(page).hasURL(node.uri() + "/?q=glo&sort=score&tier=yellow");
    assertThat(names()).hasText(new String[] {"Globex"});
  }

  @Test
  void a_heading_sorts_and_sorts_the_other_way_round() {
    open("/?owner=kim");
    link("Account").click();
    assertThat(names()).hasText(new String[] {"Globex", "Initech"});
    link("Account").click();
    assertThat(page).hasURL(node.uri() + "/?owner=kim&sort=-name");
    assertThat(names()).hasText(new String[] {"Initech", "Globex"});
    assertThat(page.locator("th[aria-sort=descending]")).containsText("Account");
  }

  @Test
  void pages_follow_each_other() {
    open("/?owner=kim&limit=1");
    assertThat(names()).hasText(new String[] {"Initech"});
    link("Next page").click();
    assertThat(names()).hasText(new String[] {"Globex"});
    assertThat(link("Next page")).hasCount(0);
    link("First page").click();
    assertThat(names()).hasText(new String[] {"Initech"});
  }

  @Test
  void a_tier_change_shows_in_its_place_and_is_told_of() {
    node.account("live-1", "{\"name\": \"Hooli\", \"owner\": \"live\"}", 60);
    node.account("live-2", "{\"name\": \"Piper\", \"owner\": \"live\"}", 90);
    open("/?owner=live");
    assertThat(names()).hasText(new String[] {"Hooli", "Piper"});
    node.pulse("live-2", 10, "");
    assertThat(rows().nth(1).locator(".c-tier")).hasText("Critical");
    assertThat(rows().nth(1).locator(".was")).hasText("was Healthy");
    assertThat(page.locator("#note")).containsText("Piper became Critical while you were here.");
    assertThat(names()).hasText(new String[] {"Hooli", "Piper"});
    link("Sort again").click();
    assertThat(names()).hasText(new String[] {"Piper", "Hooli"});
    assertThat(page.locator("#note p")).isHidden();
  }

  @Test
  void a_quiet_change_shows_without_a_word() {
    node.account("quiet", "{\"owner\": \"quiet\"}", 60);
    open("/?owner=quiet");
    node.pulse("quiet", 90, "?quiet=true");
    assertThat(rows().first().locator(".c-tier")).hasText("Healthy");
    assertThat(page.locator("#note p")).isHidden();
  }

  @Test
  void an_account_that_is_not_in_the_list_is_told_of_without_its_name() {
    node.account("elsewhere", "{\"owner\": \"nobody\"}", 60);
    open("/?owner=kim");
    node.pulse("elsewhere", 90, "");
    assertThat(page.locator("#note"))
        .containsText("An account that is not shown changed tier while you were here.");
  }

  @Test
  void many_changes_of_an_account_are_asked_for_one_at_a_time_and_the_last_is_shown() {
    node.account("busy", "{\"owner\": \"busy\"}", 60);
    open("/?owner=busy");
    Set<Request> asked = new HashSet<>(); // others may still end that began before
    AtomicInteger most = new AtomicInteger();
    page.onRequest(
        request -> {
          if (!request.url().endsWith("/row")) {
            return;
          }
          asked.add(request);
          most.accumulateAndGet(asked.size(), Math::max);
        });
    page.onRequestFinished(asked::remove);
    for (int i = 0; i < 20; i++) {
      node.pulse("busy", i % 2 == 0 ? 10 : 90, "");
    }
    node.pulse("busy", 55, "");
    assertThat(rows().first().locator(".score")).containsText("55.0");
    assertThat(most.get()).isEqualTo(1);
    assertThat(page.locator("#note p")).isHidden(); // it is what it was
  }

  @Test
  void an_account_that_is_erased_meanwhile_is_struck_through() {
    node.account("gone", "{\"owner\": \"gone\"}", 60);
    open("/?owner=gone");
    node.api().send("DELETE", "/v1/accounts/gone", BodyPublishers.noBody());
    assertThat(rows().first()).hasClass("gone");
    chromium.complaints().removeIf(each -> each.contains("404")); // the row that was asked for
  }

  @Test
  void the_page_of_an_account_says_how_it_stands_before_it_draws() {
    open("/?q=acme");
    link("Acme").click();
    assertThat(page).hasURL(node.uri() + "/accounts/acme");
    assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
        .hasText("Acme");
    assertThat(page.locator(".big")).containsText("91.0");
    assertThat(page.locator(".big")).containsText("Healthy");
    assertThat(page.locator(".since")).containsText(", today.");
    assertThat(page.locator(".says p").first()).hasText("There was no score 7 days ago.");
    assertThat(page.locator(".plot"))
        .hasAttribute("aria-label", Pattern.compile("Scores of 180 days, .*"));
    assertThat(page.locator(".changes li")).containsText("91.0, by a signal");
    assertThat(page.locator(".why tr", new Page.LocatorOptions().setHasText("Pulse")))
        .containsText("−9.0");
    assertThat(page.locator(".why tr", new Page.LocatorOptions().setHasText("Satisfaction")))
        .containsText("Not connected: nobody sends nps, so left out");
    assertThat(page.locator(".why tfoot")).containsText("91.0");
    assertThat(page.locator(".facts")).containsText("52k");
  }

  @Test
  void the_page_of_an_account_offers_to_show_it_as_it_is_now() {
    node.account("own", "{\"name\": \"Own\"}", 90);
    open("/accounts/own");
    node.pulse("own", 55, "");
    assertThat(page.locator("#note")).containsText("Own became At risk while you were here.");
    assertThat(page.locator(".big")).containsText("90.0");
    link("Show it as it is now").click();
    assertThat(page.locator(".big")).containsText("55.0");
  }

  @Test
  void what_an_account_calls_itself_is_text() {
    open("/?q=%3C");
    assertThat(names()).hasText(new String[] {"\"><img src=x onerror=alert(1)>"});
    names().first().click();
    assertThat(page.locator(".title .id")).hasText(HOSTILE);
    assertThat(page.locator("img, main script")).hasCount(0);
    node.pulse(HOSTILE, 75, "");
    page.locator("dl a", new Page.LocatorOptions().setHasText("<b>")).click();
    assertThat(names()).hasText(new String[] {"\"><img src=x onerror=alert(1)>"});
  }
}
