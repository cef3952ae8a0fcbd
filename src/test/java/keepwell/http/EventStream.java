package keepwell.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;

/**
 * A stream of tier changes, read no further than it is asked to: it waits for what is to come, and
 * holds it against the {@link Contract}.
 */
final class EventStream implements AutoCloseable {
  private static final JsonNode CHANGE = Contract.DOCUMENT.at("/components/schemas/FeedTierChange");

  private final HttpResponse<InputStream> response;
  private final BufferedReader lines;

  /**
   * @param headers names and values by turns
   */
  EventStream(URI node, String query, String... headers) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(node + "/v1/tier-changes" + query))
            .header("Accept", "text/event-stream");
    if (headers.length > 0) {
      request.headers(headers);
    }
    this.response =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .build()
            .send(request.build(), BodyHandlers.ofInputStream());
    this.lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/event-stream");
    assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-cache");
    assertThat(lines.readLine()).matches("retry:\\d+");
    assertThat(lines.readLine()).isEmpty();
  }

  /** Waits for so many changes. */
  List<JsonNode> next(int count) throws IOException {
    List<JsonNode> changes = new ArrayList<>();
    while (changes.size() < count) {
      String line = lines.readLine();
      assertThat(line).as("the stream goes on").isNotNull();
      if (!line.isEmpty() && !line.startsWith(":")) {
        changes.add(change(line));
      }
    }
    return changes;
  }

  private JsonNode change(String id) throws IOException {
    assertThat(id).startsWith("id:");
    String data = lines.readLine();
    assertThat(data).startsWith("data:");
    assertThat(lines.readLine()).isEmpty();
    JsonNode change = Contract.json(data.substring("data:".length()));
    Contract.assertFits("event", CHANGE, change);
    assertThat(change.get("id").asText()).isEqualTo(id.substring("id:".length()));
    return change;
  }

  /** Whether the server has ended it. */
  boolean hasEnded() throws IOException {
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        assertThat(line).as("nothing but comments").matches("(:.*)?");
      }
      return true;
    } catch (IOException e) {
      return true; // cut off
    }
  }

  @Override
  public void close() throws IOException {
    response.body().close();
  }
}
