package keepwell.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/** The few calls that the demo makes. Any answer but a 2xx is an {@link IllegalStateException}. */
final class DemoClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
  private final ObjectMapper json = new ObjectMapper();
  private final URI baseUri;

  DemoClient(URI baseUri) {
    this.baseUri = baseUri;
  }

  JsonNode get(String path) {
    return answer(request(path).GET());
  }

  JsonNode put(String path, Object body) {
    return answer(
        request(path)
            .header("content-type", "application/json")
            .PUT(BodyPublishers.ofString(text(body))));
  }

  JsonNode patch(String path, Object body) {
    return answer(
        request(path)
            .header("content-type", "application/json")
            .method("PATCH", BodyPublishers.ofString(text(body))));
  }

  /** Sends each as a line. */
  JsonNode post(String path, List<?> records) {
    var lines = new StringBuilder();
    for (Object each : records) {
      lines.append(text(each)).append('\n');
    }
    return answer(
        request(path)
            .header("content-type", "application/x-ndjson")
            .POST(BodyPublishers.ofString(lines.toString())));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(baseUri.resolve(path)).timeout(TIMEOUT);
  }

  private JsonNode answer(HttpRequest.Builder builder) {
    HttpRequest request = builder.build();
    String call = request.method() + " " + request.uri();
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        throw new IllegalStateException(
            call + " was answered " + response.statusCode() + ": " + response.body());
      }
      return json.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(call + " failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(call + " was interrupted", e);
    }
  }

  private String text(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
