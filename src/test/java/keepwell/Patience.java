package keepwell;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** How long every test waits for what must come, unless it says otherwise: machines are busy. */
public final class Patience implements BeforeAllCallback {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Override
  public void beforeAll(ExtensionContext context) {
    Awaitility.setDefaultTimeout(PATIENCE);
    PlaywrightAssertions.setDefaultAssertionTimeout((double) PATIENCE.toMillis());
  }
}
