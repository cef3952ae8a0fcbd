package keepwell.dashboard.executive;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import keepwell.dashboard.Chromium;
import keepwell.dashboard.PastNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All accounts on one page, in a browser and on paper. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ExecutiveInBrowserTest {
  private static PastNode node;
  private static Chromium chromium;

  @BeforeAll
  static void start_and_see_that_there_is_nothing_yet(@TempDir Path data) {
    node = new PastNode(data);
    chromium = new Chromium();
    try (Page page = chromium.open(node.uri(), "/executive")) {
      assertThat(page.locator("h2")).hasText("Nothing is known of any account yet");
      assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
    }
    node.withCustomers().awaitOpen(240).pass(2);
    node.signals("", IntStream.range(0, 40).mapToObj(ExecutiveInBrowserTest::turned).toList());
    node.pass(1);
  }

  /** The first few become good, and others bad. */
  private static String turned(int customer) {
    int to = customer < 12 ? 100 : 0;
    return "c%1$d,use,%2$d,\nc%1$d,luck,%2$d,".formatted(customer, to);
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

  private static Page open(int width, ColorScheme scheme) {
    Page page = chromium.open(node.uri(), "/executive", width, scheme);
    assertThat(page.locator("[data-survey] > *").first()).isVisible();
    assertThat(page.locator("[data-survey] .asking")).hasCount(0);
    return page;
  }

  @Test
  void it_says_what_matters_before_it_draws() {
    try (Page page = open(1440, ColorScheme.LIGHT)) {
      assertThat(page.locator("h1")).hasText("Customer health, March 2026");
      assertThat(page.locator(".sentences")).containsText("240 accounts, ");
      assertThat(page.locator(".sentences")).containsText("Critical in 30 days");
      assertThat(page.locator(".bands li").first()).containsText("against 1 Mar");
      assertThat(page.locator(".multis .multi")).hasCount(3);
      assertThat(page.locator(".renewals tbody tr")).hasCount(3);
      assertThat(page.locator(".segments tbody tr")).hasCount(2);
      page.locator(".segments a").first().click();
      assertThat(page).hasURL(Pattern.compile(".*/\\?segment=.*"));
    }
  }

  @Test
  void whether_scores_told_the_truth_is_said_once_something_is_known() {
    try (Page page = open(1440, ColorScheme.LIGHT)) {
      assertThat(page.locator("[data-survey]")).containsText("No outcome is known yet");
    }
    node.outcomes(List.of("n1,renewed,2026-02-20"));
    try (Page page = open(1440, ColorScheme.LIGHT)) {
      assertThat(page.locator("[data-survey]")).containsText("Too few outcomes to say anything");
    }
  }

  @Test
  void it_is_printed_on_one_light_page() {
    try (Page page = open(1440, ColorScheme.DARK)) {
      byte[] pdf =
          page.pdf(
              new Page.PdfOptions()
                  .setPreferCSSPageSize(true)
                  .setPath(Path.of("target/dashboard/executive.pdf")));
      String text = new String(pdf, ISO_8859_1);
      assertThat(Pattern.compile("/Type\\s*/Page\\b").matcher(text).results().count()).isEqualTo(1);
      assertThat(text).containsPattern("/MediaBox\\s*\\[\\s*0 0 841\\.\\d+ 59\\d");
      page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
      assertThat(page.locator("body")).hasCSS("background-color", "rgb(255, 255, 255)");
      assertThat(page.locator("[data-prints]")).isHidden();
    }
  }

  @Test
  void the_button_prints() {
    try (Page page = open(1440, ColorScheme.LIGHT)) {
      page.evaluate("() => { window.print = () => document.body.dataset.printed = 'yes'; }");
      page.locator("[data-prints]").click();
      assertThat(page.locator("body")).hasAttribute("data-printed", "yes");
    }
  }

  @ParameterizedTest
  @CsvSource({"1440, LIGHT", "1440, DARK", "390, LIGHT", "390, DARK"})
  void it_fits_its_window_and_is_for_everybody(int width, ColorScheme scheme) {
    try (Page page = open(width, scheme)) {
      String file = "target/dashboard/executive-%d-%s.png".formatted(width, scheme);
      page.screenshot(new Page.ScreenshotOptions().setPath(Path.of(file)).setFullPage(true));
      assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
      assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(width);
    }
  }
}
