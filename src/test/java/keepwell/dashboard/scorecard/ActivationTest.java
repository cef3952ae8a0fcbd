package keepwell.dashboard.scorecard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import keepwell.dashboard.Chromium;
import keepwell.dashboard.PagesNode;
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

/** A draft is activated, and whoever looks at it can. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ActivationTest {
  private static final int ACCOUNTS = 100;
  private static final String WEIGHT = "[data-path=\"scorecards[0].categories[0].weight\"]";

  private static PagesNode node;
  private static Chromium chromium;
  private Page page;

  @BeforeAll
  static void start(@TempDir Path data) {
    node = new PagesNode(data, Map.of("keepwell.rescoring.per-second-max", 25));
    String csv =
        IntStream.range(0, ACCOUNTS)
            .mapToObj(i -> "account-%d,pulse,%d\n".formatted(i, i))
            .collect(Collectors.joining("", "account,signal,value\n", ""));
    await().until(() -> node.api().post("/v1/signals", "text/csv", csv).statusCode() == 200);
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

  private static int inForce() {
    return Api.json(node.api().get("/v1/scorecards")).get("version").asInt();
  }

  private void draft(int width, ColorScheme scheme) {
    page = chromium.open(node.uri(), "/scorecard/draft", width, scheme);
    assertThat(page.locator("#draft:not([inert])")).isVisible();
  }

  private void weight(String weight) {
    page.locator(WEIGHT).fill(weight);
    page.locator(WEIGHT).blur();
    assertThat(page.locator("#differences")).containsText("weight " + weight + " instead of 1");
  }

  private Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  @Test
  void a_draft_becomes_the_version_in_force_and_the_rescoring_is_followed_to_its_end() {
    node.scorecards(80);
    draft(1440, ColorScheme.LIGHT);
    weight("2");
    button("Activate…").click();
    assertThat(page.locator("#activate")).containsText("1 change. It has not been previewed");
    button("Not yet").click();
    button("Preview").click();
    assertThat(page.locator("#preview .lead")).hasText("No account changes its tier.");
    button("Activate…").click();
    assertThat(page.locator("#activate")).containsText("1 change. No account changes its tier.");
    int before = inForce();
    button("Activate").click();
    assertThat(page).hasURL(node.uri() + "/scorecard");
    assertThat(page.locator(".title p")).containsText("Version " + (before + 1));
    assertThat(page.locator(".versions li").first())
        .containsText("Everything: weight 2 instead of 1");
    assertThat(page.locator("#rescored")).containsText("rescored by version " + (before + 1));
    assertThat(page.locator("#rescored"))
        .containsText("All accounts have been rescored by version " + (before + 1));
    assertThat(page.locator("#kept")).isHidden();
  }

  @Test
  void a_version_that_came_meanwhile_is_not_overwritten_but_told_of() {
    node.scorecards(80);
    draft(1440, ColorScheme.LIGHT);
    weight("3");
    node.scorecards(70);
    int meanwhile = inForce();
    button("Activate…").click();
    button("Activate").click();
    assertThat(page.locator(".behind")).containsText("Version " + meanwhile + " came meanwhile");
    assertThat(page.locator(".behind li")).hasText("Healthy from 70 instead of 80");
    assertThat(page.locator("#said")).containsText("It was not activated.");
    assertThat(inForce()).isEqualTo(meanwhile);
    button("Compare with version " + meanwhile).click();
    assertThat(page.locator("#differences .differing li"))
        .hasText(
            new String[] {"Healthy from 80 instead of 70", "Everything weight 3 instead of 1"});
    button("Activate…").click();
    button("Activate").click();
    assertThat(page.locator(".title p")).containsText("Version " + (meanwhile + 1));
    chromium.complaints().removeIf(each -> each.contains("412"));
  }

  private void isForEverybody(int width) {
    assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
    assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(width);
  }

  @ParameterizedTest
  @CsvSource({"1440, LIGHT", "1440, DARK", "390, LIGHT", "390, DARK"})
  void it_is_for_everybody(int width, ColorScheme scheme) {
    node.scorecards(80);
    node.scorecards(70);
    page = chromium.open(node.uri(), "/scorecard?version=" + inForce(), width, scheme);
    assertThat(page.locator(".differing li")).hasCount(1);
    isForEverybody(width);
    page.close();
    draft(width, scheme);
    weight("2");
    button("Preview").click();
    assertThat(page.locator(".matrix")).isVisible();
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)");
    isForEverybody(width);
    page.locator(WEIGHT).fill("-1");
    page.locator(WEIGHT).blur();
    assertThat(page.locator("#faults")).isVisible();
    isForEverybody(width);
    button("Activate…").click();
    isForEverybody(width);
    chromium.complaints().removeIf(each -> each.contains("422"));
  }
}
