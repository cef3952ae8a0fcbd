package keepwell.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.stream.IntStream;
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

/** The weekly report and the review pack in a browser. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ReportPagesTest {
  private static final String HOSTILE = "<script>alert(1)</script>\"'&/";
  private static final String WEEK = "/v1/reports/weekly";
  private static final String PACK = "/v1/accounts/" + Api.encoded(HOSTILE) + "/review";

  private static PagesNode node;
  private static Chromium chromium;

  @BeforeAll
  static void start(@TempDir Path data) {
    node = new PagesNode(data);
    IntStream.range(0, 12)
        .forEach(
            i -> {
              String id = "customer-" + i;
              node.signal(id, "arr", Integer.toString(1_000 + 7_919 * i), "");
              node.account(id, "{\"name\": \"Customer %d\", \"owner\": \"dana\"}".formatted(i), 90);
              node.account(id, "{\"segment\": \"enterprise\"}", 12 + 6 * i);
            });
    node.signal(HOSTILE, "arr", "52000", "");
    node.account(
        HOSTILE, "{\"name\": \"\\\"><img src=x onerror=alert(1)>\", \"owner\": \"<b>\"}", 93);
    node.signal(HOSTILE, "nps", "7", "");
    node.pulse(HOSTILE, 30, "");
    chromium = new Chromium();
  }

  @AfterAll
  static void stop() {
    chromium.close();
    node.close();
  }

  @AfterEach
  void nothing_was_complained_of() {
    assertThat(chromium.complaints()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "week, 1440, LIGHT",
    "week, 390, LIGHT",
    "week, 1440, DARK",
    "pack, 1440, LIGHT",
    "pack, 390, LIGHT",
    "pack, 1440, DARK",
    "pack, 390, DARK"
  })
  void everybody_can_read_it(String name, int width, ColorScheme scheme) {
    Page page = chromium.open(node.uri(), name.equals("week") ? WEEK : PACK, width, scheme);
    String file = "target/report/%s-%d-%s".formatted(name, width, scheme);
    page.screenshot(new Page.ScreenshotOptions().setPath(Path.of(file + ".png")).setFullPage(true));
    assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
    assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth")).isEqualTo(true);
    if (width == 1440 && scheme == ColorScheme.LIGHT) {
      page.pdf(new Page.PdfOptions().setPath(Path.of(file + ".pdf")).setFormat("A4"));
    }
    page.close();
  }

  @Test
  void the_week_is_told_in_sentences_and_leads_to_accounts() {
    Page page = chromium.open(node.uri(), WEEK);
    assertThat(page.locator(".says p").first()).containsText("became Critical this week, and ");
    assertThat(page.locator("script, img")).hasCount(0);
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Customer 3"))
        .first()
        .click();
    assertThat(page).hasURL(node.uri() + "/accounts/customer-3");
    page.close();
  }

  @Test
  void the_page_of_an_account_leads_to_its_review_pack() {
    Page page = chromium.open(node.uri(), "/accounts/" + Api.encoded(HOSTILE));
    page.getByText("Review pack").click();
    assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
        .hasText("\"><img src=x onerror=alert(1)>: business review");
    assertThat(page.locator(".big")).containsText("40.0");
    assertThat(page.locator("[aria-labelledby=loses-title] tbody tr"))
        .containsText(new String[] {"Pulse", "Satisfaction"});
    assertThat(page.locator("[aria-labelledby=actions-title] li").first()).containsText("up to +");
    assertThat(page.locator(".plot")).isVisible();
    page.close();
  }

  @Test
  void programs_get_the_same_as_json() {
    HttpResponse<String> answer = node.api().get(PACK);
    assertThat(answer.headers().firstValue("Vary")).hasValue("Accept");
    JsonNode pack = Api.json(answer);
    assertThat(pack.at("/standing/score").asDouble()).isEqualTo(40);
    assertThat(pack.get("arr").asDouble()).isEqualTo(52_000);
    assertThat(pack.at("/loses/0/points").asDouble()).isEqualTo(52.5);
    assertThat(pack.at("/gives/0/metric").asText()).isEqualTo("pulse");
    assertThat(pack.get("changes").findValuesAsText("days")).containsExactly("30", "90");
    assertThat(pack.at("/history/days")).hasSize(180);
    assertThat(pack.at("/tasks/done")).isEmpty();
  }

  @Test
  void who_is_not_there_has_no_review_pack() {
    assertThat(node.api().get("/v1/accounts/nobody/review").statusCode()).isEqualTo(404);
    assertThat(node.api().get(PACK + "?days=3").statusCode()).isEqualTo(400);
    assertThat(node.api().get("/v1/accounts/" + "x".repeat(201) + "/review").statusCode())
        .isEqualTo(400);
  }
}
