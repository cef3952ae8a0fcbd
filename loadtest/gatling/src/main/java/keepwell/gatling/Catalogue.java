package keepwell.gatling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** How many signals a node says that it has, of the last two months: {@code GET /v1/signals}. */
final class Catalogue {
  private static final String PATH = "/v1/signals?days=60";

  /** In which it has followed what was stored. */
  private static final Duration FOLLOWED_MAX = Duration.ofMinutes(1);

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI url;
  private final Optional<String> key;

  Catalogue(URI url, Optional<String> key) {
    this.url = url;
    this.key = key;
  }

  /** Waits until there are so many, and returns what there is then, or a minute later. */
  long signals(long expected) throws IOException, InterruptedException {
    long end = System.nanoTime() + FOLLOWED_MAX.toNanos();
    long signals = signals();
    while (signals < expected && System.nanoTime() < end) {
      signals = signals();
    }
    return signals;
  }

  /**
   * @throws IOException if nobody answers, or with anything but 200
   */
  long signals() throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve(PATH));
    key.ifPresent(known -> request.header("Authorization", "Bearer " + known));
    HttpResponse<String> answer = answer(request.build());
    if (answer.statusCode() != 200) {
      throw new IOException("%s answers %d".formatted(url.resolve(PATH), answer.statusCode()));
    }
    long signals = 0;
    for (JsonNode signal : new ObjectMapper().readTree(answer.body()).path("signals")) {
      for (JsonNode day : signal.path("volume")) {
        signals += day.path("count").asLong();
      }
    }
    return signals;
  }

  private HttpResponse<String> answer(HttpRequest request)
      throws IOException, InterruptedException {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IOException(url + " does not answer", e);
    }
  }
}
