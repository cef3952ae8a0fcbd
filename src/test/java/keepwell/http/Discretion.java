package keepwell.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What no answer may be, whatever was asked: ours to blame, or telling of our inside. */
final class Discretion {
  private static final String PROBLEM = "application/problem+json";
  private static final String TYPE = "urn:keepwell:problem:[a-z-]+";
  private static final int PROBLEM_MAX = 1 << 18;
  private static final int TEXT_MAX = 1_000;
  private static final int SHOWN_MAX = 4_000;
  private static final List<String> DOCUMENTED = List.of("GET", "PUT", "POST", "DELETE");

  /**
   * To conditions and ranges, which HTTP itself documents: part of the content, or not modified.
   */
  private static final List<Integer> OF_HTTP = List.of(206, 304);

  private static final Pattern DOTS = Pattern.compile("(?i)/(\\.|%2e){1,2}([/?]|$)");

  private static final Pattern INSIDE =
      Pattern.compile(
          "(?i:akka|\\bscala\\b|fasterxml|\\bjackson\\b|org\\.h2|org\\.postgresql|\\bSQL)|\\bjava\\.|javax\\.|jdk\\."
              + "|Exception|\\bError:|\\$anon|keepwell\\.[a-z]+\\.[A-Z]|\\bat [\\w.$]+\\([\\w.]*(:\\d+)?\\)");

  private Discretion() {}

  /**
   * Asserts that an answer may be told.
   *
   * @param request whose answer it is, as text; only its first line is needed
   */
  static void holds(String request, Answer answer) {
    String exchange = shown(request) + "\n→ " + shown(answer.toString());
    assertThat(answer.statusCode()).as(exchange).isNotIn(500, 502, 504);
    assertThat(answer.headers().map().toString()).as(exchange).doesNotContainPattern(INSIDE);
    assertThat(answer.statusCode() < 400 || answer.body().length() < PROBLEM_MAX)
        .as(exchange)
        .isTrue();
    boolean problem =
        answer.headers().firstValue("Content-Type").filter(PROBLEM::equals).isPresent();
    if (answer.statusCode() >= 400) {
      assertThat(answer.body()).as(exchange).doesNotContainPattern(INSIDE);
      assertThat(problem || !isOfV1(request.split(" ", 3)[1])).as(exchange).isTrue();
    }
    if (problem && !answer.body().isEmpty()) {
      JsonNode body = Contract.json(answer.body());
      Contract.assertFits(exchange, Contract.DOCUMENT.at("/components/schemas/Problem"), body);
      assertThat(body.path("status").asInt()).as(exchange).isEqualTo(answer.statusCode());
      assertThat(body.path("type").asText()).as(exchange).matches(TYPE);
      assertShort(exchange, body);
    }
    if (answer.statusCode() < 400 && !OF_HTTP.contains(answer.statusCode())) {
      asked(request).ifPresent(asked -> Contract.holds(asked, answer));
    }
  }

  /** Whether a target is one for programs; dots as a segment lead elsewhere. */
  private static boolean isOfV1(String target) {
    return target.matches("(?s)/v1([/?].*)?") && !DOTS.matcher(target).find();
  }

  private static String shown(String text) {
    return text.substring(0, Math.min(text.length(), SHOWN_MAX));
  }

  /** No part of what was sent comes back that is longer than a name may be. */
  private static void assertShort(String exchange, JsonNode body) {
    assertThat(body.asText().length()).as(exchange).isLessThan(TEXT_MAX);
    body.forEach(each -> assertShort(exchange, each));
  }

  /** The request as a client of ours would have it; empty if none would. */
  private static Optional<HttpRequest> asked(String request) {
    String[] parts = request.split(" ", 3);
    try {
      return DOCUMENTED.contains(parts[0])
          ? Optional.of(
              HttpRequest.newBuilder(URI.create("http://keepwell" + parts[1]))
                  .method(parts[0], BodyPublishers.noBody())
                  .build())
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
