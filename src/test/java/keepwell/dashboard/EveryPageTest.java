package keepwell.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every page, with all that is on it, is for everybody: in both themes, on wide and narrow screens.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class EveryPageTest {
  private static final Map<String, String> PATHS =
      Map.ofEntries(
          entry("portfolio", "/"),
          entry("portfolio-filtered", "/?owner=dana&sort=-arr&tier=red"),
          entry("portfolio-nothing", "/?q=nobody"),
          entry("account", "/accounts/c1078"),
          entry("account-past", "/accounts/c1078?asOf=PAST"),
          entry("account-future", "/accounts/c1001?asOf=FUTURE"),
          entry("today", "/today"),
          entry("today-owner", "/today?owner=dana"),
          entry("scorecard", "/scorecard"),
          entry("scorecard-older", "/scorecard?version=1"),
          entry("scorecard-draft", "/scorecard/draft"),
          entry("truth", "/truth"),
          entry("executive", "/executive"),
          entry("week", "/v1/reports/weekly"),
          entry("review", "/v1/accounts/c1078/review"),
          entry("wrong", "/?tier=a&tier=b"),
          entry("nowhere", "/scorecard/nope"));

  private static DemoNode node;
  private static Chromium chromium;

  @BeforeAll
  static void start(@TempDir Path data) {
    node = new DemoNode(data);
    chromium = new Chromium();
  }

  @AfterAll
  static void stop() {
    chromium.close();
    node.close();
  }

  static Stream<Arguments> windows() {
    return PATHS.keySet().stream()
        .sorted()
        .flatMap(
            name ->
                Stream.of(ColorScheme.LIGHT, ColorScheme.DARK)
                    .flatMap(
                        scheme ->
                            Stream.of(1440, 390).map(width -> Arguments.of(name, width, scheme))));
  }

  @ParameterizedTest
  @MethodSource("windows")
  void is_for_everybody_and_fits(String name, int width, ColorScheme scheme) {
    try (Page page = chromium.open(node.uri(), path(name), width, scheme)) {
      awaitWhole(page);
      page.screenshot(
          new Page.ScreenshotOptions()
              .setFullPage(true)
              .setPath(
                  Path.of(
                      "target",
                      "screenshots",
                      "%s-%d-%s.png"
                          .formatted(name, width, scheme.name().toLowerCase(Locale.ROOT)))));
      assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
      assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(width);
      if (name.equals("wrong") || name.equals("nowhere")) {
        chromium.complaints().removeIf(each -> each.matches(".*status of 40[04].*")); // of itself
      }
      assertThat(chromium.complaints()).isEmpty();
    }
  }

  private static String path(String name) {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    return PATHS
        .get(name)
        .replace("PAST", today.minusDays(60).toString())
        .replace("FUTURE", today.plusDays(20).toString());
  }

  /** Until what comes later has come: surveys, curves, signals. */
  private static void awaitWhole(Page page) {
    assertThat(page.locator("[aria-busy=true], .htmx-request, .asking")).hasCount(0);
    page.waitForLoadState();
    if (page.locator("#live").count() > 0) {
      assertThat(page.locator("#live")).hasText("Live");
    }
    if (page.locator("footer.wide").count() > 0) {
      assertThat(page.locator("footer.wide")).containsText("Scores as of");
    }
  }
}
