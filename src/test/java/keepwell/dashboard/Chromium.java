package keepwell.dashboard;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The system's Chromium. What its pages complain of, and what they should not do, is kept. */
public final class Chromium implements AutoCloseable {
  private static final List<String> ARGUMENTS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private final Playwright playwright =
      Playwright.create(
          new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
  private final Browser browser =
      playwright
          .chromium()
          .launch(
              new BrowserType.LaunchOptions()
                  .setExecutablePath(Path.of("/usr/bin/chromium"))
                  .setArgs(ARGUMENTS));
  private final List<String> complaints = new ArrayList<>();

  /** A page of a node, in a light scheme and as wide as a desk's. */
  public Page open(URI node, String path) {
    return open(node, path, 1440, ColorScheme.LIGHT);
  }

  public Page open(URI node, String path, int width, ColorScheme scheme) {
    Page page =
        browser.newPage(
            new Browser.NewPageOptions()
                .setBaseURL(node.toString())
                .setViewportSize(width, 900)
                .setColorScheme(scheme));
    page.onConsoleMessage(message -> complaints.add(message.type() + ": " + message.text()));
    page.onPageError(complaints::add);
    page.onDialog(dialog -> complaints.add("dialog: " + dialog.message()));
    page.onRequest(
        request -> {
          if (!request.url().startsWith(node.toString())) {
            complaints.add("asked elsewhere: " + request.url());
          }
        });
    page.navigate(path);
    return page;
  }

  /** Errors of scripts and of the policy, dialogs, and requests to other servers. */
  public List<String> complaints() {
    return complaints;
  }

  @Override
  public void close() {
    playwright.close();
  }
}
