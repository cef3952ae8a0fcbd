package keepwell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a node measures, as Prometheus reads it. */
public final class Metrics {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private Metrics() {}

  /**
   * A metric without tags.
   *
   * @param management the node's port for it
   */
  public static double of(int management, String name) {
    String text = text(management);
    Matcher metric = Pattern.compile("^" + name + " (\\S+)$", Pattern.MULTILINE).matcher(text);
    assertThat(metric.find()).as("%s in %s", name, text).isTrue();
    return Double.parseDouble(metric.group(1));
  }

  /** All of them. */
  static String text(int management) {
    URI metrics = URI.create("http://127.0.0.1:" + management + "/metrics");
    try {
      return CLIENT.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
