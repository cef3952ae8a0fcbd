package keepwell.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Speaks to a node over HTTP, and holds every answer against the {@link Contract}. Headers are
 * given as names and values by turns.
 */
public final class Api {
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI base;
  private final String[] always;

  public Api(URI base) {
    this.base = base;
    this.always = new String[0];
  }

  /** Sends a key each time. */
  public Api(URI base, String key) {
    this.base = base;
    this.always = new String[] {"Authorization", "Bearer " + key};
  }

  public HttpResponse<String> get(String path, String... headers) {
    return send("GET", path, BodyPublishers.noBody(), headers);
  }

  public HttpResponse<String> put(String path, String json, String... headers) {
    return send("PUT", path, BodyPublishers.ofString(json), with("application/json", headers));
  }

  public HttpResponse<String> post(
      String path, String contentType, String body, String... headers) {
    return post(path, contentType, body.getBytes(UTF_8), headers);
  }

  public HttpResponse<String> post(
      String path, String contentType, byte[] body, String... headers) {
    return send("POST", path, BodyPublishers.ofByteArray(body), with(contentType, headers));
  }

  private static String[] with(String contentType, String... headers) {
    return Stream.concat(Stream.of("Content-Type", contentType), Stream.of(headers))
        .toArray(String[]::new);
  }

  /** Asks for anything. */
  public HttpResponse<String> send(
      String method, String path, BodyPublisher body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(ANSWER_TIMEOUT)
            .method(method, body);
    for (String[] more : List.of(always, headers)) {
      if (more.length > 0) {
        request.headers(more);
      }
    }
    return send(request.build());
  }

  private HttpResponse<String> send(HttpRequest request) {
    HttpResponse<String> response = client.sendAsync(request, BodyHandlers.ofString()).join();
    Contract.holds(request, response);
    return response;
  }

  /** The body of an answer. */
  public static JsonNode json(HttpResponse<String> response) {
    return Contract.json(response.body());
  }

  /** An account's id as a segment of a path. */
  public static String encoded(String accountId) {
    return URLEncoder.encode(accountId, UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace(".", "%2E");
  }
}
