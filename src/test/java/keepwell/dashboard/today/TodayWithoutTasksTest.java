package keepwell.dashboard.today;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import keepwell.dashboard.Chromium;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page shows where nothing is to be done, and why that is. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TodayWithoutTasksTest {
  private static final Map<String, Object> SETTINGS =
      Map.of("keepwell.playbooks.storm-accounts-min", 1, "keepwell.playbooks.storm-share", 0.0);

  @Test
  void it_says_why_and_what_can_be_done(@TempDir Path data) {
    try (TodayNode node = new TodayNode(data, SETTINGS, "{\"playbooks\": []}");
        Chromium chromium = new Chromium();
        Page page = chromium.open(node.uri(), "/today")) {
      assertThat(page.locator("#says")).hasText("No task is open.");
      assertThat(page.locator(".empty h2")).hasText("There are no playbooks");
      assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
      String line = page.locator("#line").textContent();
      assertThat(line).startsWith("curl -X PUT " + node.uri() + "/v1/playbooks ");
      node.put("/v1/playbooks", line.substring(line.indexOf("'\n") + 2, line.lastIndexOf('\'')));

      page.reload();
      assertThat(page.locator(".empty h2")).hasText("Nothing is to be done");
      assertThat(page.locator("#line")).hasText("curl '" + node.uri() + "/v1/tasks?state=done'");

      node.account("acme", "Acme", "dana");
      node.account("globex", "Globex", "dana");
      node.send("acme", "pulse", 20);
      node.send("globex", "pulse", 20);
      await().until(() -> node.api().get("/v1/storms?state=held").body().contains("\"runs\":2"));
      page.reload();
      assertThat(page.locator(".held h2"))
          .hasText(Pattern.compile("2 playbook runs for 2 accounts are held since .*"));
      assertThat(page.locator(".held"))
          .containsText("More accounts turned on 2 Mar than is likely");
      assertThat(page.locator(".held li")).hasText("2 × Act on a critical account");
      assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();

      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Let go")).click();
      assertThat(page.locator(".held")).hasCount(0);
      assertThat(page.locator("#said")).containsText("Let go");
      assertThat(chromium.complaints()).isEmpty();
    }
  }
}
