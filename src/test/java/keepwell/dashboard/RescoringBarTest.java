package keepwell.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import keepwell.dashboard.frame.Pages;
import keepwell.portfolio.Rescoring;
import keepwell.portfolio.RescoringProgress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every page shows how far a new version of the scorecards is with the accounts. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RescoringBarTest {
  /** More than are settled at once. */
  private static final int ACCOUNTS = 300;

  private static final int PER_SECOND_MAX = 25;

  private static PagesNode node;
  private static Chromium chromium;

  @BeforeAll
  static void start(@TempDir Path data) {
    node = new PagesNode(data, Map.of("keepwell.rescoring.per-second-max", PER_SECOND_MAX));
    String csv =
        IntStream.range(0, ACCOUNTS)
            .mapToObj("account-%d,pulse,75\n"::formatted)
            .collect(Collectors.joining("", "account,signal,value\n", ""));
    await().until(() -> node.api().post("/v1/signals", "text/csv", csv).statusCode() == 200);
    chromium = new Chromium();
  }

  @AfterAll
  static void stop() {
    chromium.close();
    node.close();
    assertThat(chromium.complaints()).isEmpty();
  }

  private static Optional<RescoringBar> bar(
      long rescored, Optional<Duration> left, Optional<Instant> endedAt) {
    RescoringProgress progress =
        new RescoringProgress(3, 0, "", rescored, 12_000, Instant.EPOCH, endedAt);
    return RescoringBar.of(new Rescoring.Status(progress, left));
  }

  @Test
  void it_says_how_far_it_is_and_when_it_will_be_over() {
    assertThat(bar(4999, Optional.of(Duration.ofSeconds(110)), Optional.empty()))
        .hasValue(
            new RescoringBar(
                "Accounts are rescored by scorecard version 3",
                4999,
                12_000,
                "41% of 12,000, about 2 minutes left"));
    assertThat(bar(11_999, Optional.of(Duration.ZERO), Optional.empty()).orElseThrow().howFar())
        .isEqualTo("99% of 12,000, a few seconds left");
    assertThat(bar(0, Optional.empty(), Optional.empty()).orElseThrow().howFar())
        .isEqualTo("0% of 12,000");
    assertThat(bar(12_000, Optional.of(Duration.ZERO), Optional.of(Instant.EPOCH))).isEmpty();
  }

  @Test
  void it_comes_grows_and_goes_while_a_page_is_open() {
    try (Page page = chromium.open(node.uri(), "/")) {
      Locator said = page.locator("#rescoring-said");
      assertThat(page.locator("#live")).hasText("Live");
      assertThat(page.locator(".rescoring")).hasCount(0);
      node.scorecards(70);
      assertThat(said).hasText("Accounts are rescored by scorecard version 3");
      page.evaluate("window.bar = document.querySelector('progress')");
      page.waitForFunction("window.bar.value > 0");
      assertThat(said).hasText("Accounts have been rescored");
      assertThat(page.locator(".rescoring")).hasCount(0);
    }
  }

  /** As if it went on for as long as one looks. */
  private static void goOn(Page page) {
    Optional<RescoringBar> bar = bar(4999, Optional.of(Duration.ofSeconds(110)), Optional.empty());
    Route.FulfillOptions answer =
        new Route.FulfillOptions()
            .setContentType("text/html")
            .setBody(new Pages().html("rescoring", bar.orElseThrow()));
    page.route("**/dashboard/rescoring", route -> route.fulfill(answer));
    page.reload();
    assertThat(
            page.getByRole(
                AriaRole.PROGRESSBAR,
                new Page.GetByRoleOptions()
                    .setName("Accounts are rescored by scorecard version 3")))
        .isVisible();
  }

  @ParameterizedTest
  @CsvSource({
    "/, 1440, LIGHT",
    "/, 1440, DARK",
    "/, 390, LIGHT",
    "/, 390, DARK",
    "/accounts/account-1, 1440, LIGHT",
    "/accounts/account-1, 390, DARK"
  })
  void it_is_for_everybody(String path, int width, ColorScheme scheme) {
    try (Page page = chromium.open(node.uri(), path, width, scheme)) {
      goOn(page);
      assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
      assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(width);
    }
  }

  @Test
  void a_page_that_says_what_is_wrong_shows_it_too() {
    try (Page page = chromium.open(node.uri(), "/accounts/nobody")) {
      goOn(page);
      chromium.complaints().removeIf(each -> each.contains("404")); // the page itself
    }
  }
}
