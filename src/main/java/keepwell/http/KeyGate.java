package keepwell.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.Authorization;
import akka.http.javadsl.model.headers.Location;
import akka.http.javadsl.model.headers.OAuth2BearerToken;
import akka.http.javadsl.model.headers.RawHeader;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import keepwell.access.Allowance;
import keepwell.access.ApiKey;
import keepwell.access.ApiKey.Hash;
import keepwell.access.ApiKeys;
import keepwell.access.Scope;
import keepwell.journal.Refusals;

/**
 * Lets in who has a key (RFC 6750) whose scope is enough, as often as it may, and has what changes
 * something written down.
 */
final class KeyGate implements Gate {
  /** Between two looks whether there still is a key. */
  private static final Duration KEY_INTERVAL = Duration.ofSeconds(1);

  private final ApiKeys keys;
  private final SessionCookie session;
  private final Auditing auditing;
  private final Function<Problem, HttpResponse> pages;
  private final Refusals refusals = new Refusals("key");

  /**
   * @param pages how a problem is told to people
   */
  KeyGate(
      ApiKeys keys,
      SessionCookie session,
      Auditing auditing,
      Function<Problem, HttpResponse> pages,
      MeterRegistry meters) {
    this.keys = keys;
    this.session = session;
    this.auditing = auditing;
    this.pages = pages;
    refusals.measure(meters);
  }

  @Override
  public CompletionStage<HttpResponse> pass(HttpRequest request, Inner inner) throws Exception {
    Optional<Scope> needed = Access.of(request);
    if (needed.isEmpty()) {
      return inner.answer(request);
    }
    Optional<ApiKey> known = presented(request).flatMap(keys::find);
    if (known.isEmpty()) {
      return CompletableFuture.completedFuture(unknown(request));
    }
    ApiKey key = known.get();
    Allowance.Use use = keys.use(key);
    if (!use.granted()) {
      refusals.add();
      return CompletableFuture.completedFuture(limited(tooMany(request, key), use));
    }
    if (!key.may(needed.get())) {
      return CompletableFuture.completedFuture(limited(lacking(request, needed.get()), use));
    }
    CompletionStage<HttpResponse> answer =
        needed.get() == Scope.ADMIN && !Access.asks(request.method())
            ? auditing.around(request, key, inner)
            : inner.answer(request);
    return answer.thenApply(response -> limited(ending(response, key), use));
  }

  /**
   * A browser's session changes something only from a page of ours: what one of another origin
   * makes it send does not.
   */
  private Optional<Hash> presented(HttpRequest request) {
    Optional<Authorization> authorization = request.getHeader(Authorization.class);
    if (authorization.isPresent() || request.getHeader("Authorization").isPresent()) {
      return authorization
          .map(Authorization::credentials)
          .filter(OAuth2BearerToken.class::isInstance)
          .map(credentials -> Hash.of(((OAuth2BearerToken) credentials).token()));
    }
    return Access.asks(request.method()) || Cors.isOwn(request)
        ? session.read(request)
        : Optional.empty();
  }

  private HttpResponse unknown(HttpRequest request) {
    if (isPageForPeople(request)) {
      return HttpResponse.create()
          .withStatus(StatusCodes.SEE_OTHER)
          .addHeader(Location.create("/login?to=" + URLEncoder.encode(here(request), UTF_8)));
    }
    boolean presented = request.getHeader("Authorization").isPresent();
    return presented
        ? refused(request, "key-unknown", "There is no such API key.", ", error=\"invalid_token\"")
        : refused(
            request,
            "key-missing",
            "It takes an API key: send Authorization: Bearer and the key.",
            "");
  }

  /** Whether it was asked for in the address bar, or by a link. */
  private static boolean isPageForPeople(HttpRequest request) {
    return request.method().equals(HttpMethods.GET)
        && (!isOfInterface(request) || Access.isPage(Access.path(request)))
        && StandalonePage.isWanted(request);
  }

  private static boolean isOfInterface(HttpRequest request) {
    List<String> path = Access.path(request);
    return !path.isEmpty() && path.get(0).equals("v1");
  }

  /** For programs or for people. */
  private HttpResponse answer(HttpRequest request, Problem problem) {
    return isOfInterface(request) ? problem.response() : pages.apply(problem);
  }

  private static String here(HttpRequest request) {
    return request.getUri().getPathString()
        + request.getUri().rawQueryString().map(query -> "?" + query).orElse("");
  }

  private HttpResponse refused(HttpRequest request, String type, String detail, String error) {
    return answer(request, Problem.of(StatusCodes.UNAUTHORIZED, type, detail))
        .addHeader(RawHeader.create("WWW-Authenticate", "Bearer realm=\"keepwell\"" + error));
  }

  private HttpResponse lacking(HttpRequest request, Scope needed) {
    return answer(
            request,
            Problem.of(
                StatusCodes.FORBIDDEN,
                "scope-missing",
                "This API key may not do it: it takes the scope " + needed + "."))
        .addHeader(
            RawHeader.create(
                "WWW-Authenticate",
                "Bearer realm=\"keepwell\", error=\"insufficient_scope\", scope=\""
                    + needed
                    + "\""));
  }

  private HttpResponse tooMany(HttpRequest request, ApiKey key) {
    return answer(
        request,
        Problem.of(
            StatusCodes.TOO_MANY_REQUESTS,
            "rate-limited",
            "The API key of " + key.name() + " has made more requests than it may in a second."));
  }

  /** As the IETF's draft of RateLimit headers has it (draft-ietf-httpapi-ratelimit-headers-10). */
  private static HttpResponse limited(HttpResponse response, Allowance.Use use) {
    return response.addHeaders(
        List.<HttpHeader>of(
            RawHeader.create("RateLimit-Policy", "\"requests\";q=" + use.perSecondMax() + ";w=1"),
            RawHeader.create("RateLimit", "\"requests\";r=" + use.left() + ";t=1")));
  }

  /** A stream of events ends with its key, even if there are none. */
  private HttpResponse ending(HttpResponse response, ApiKey key) {
    boolean stream =
        response.entity().getContentType().mediaType().equals(MediaTypes.TEXT_EVENT_STREAM);
    return stream
        ? response.withEntity(
            HttpEntities.create( // as a transformed one that ends before its source is never ended
                response.entity().getContentType(),
                response
                    .entity()
                    .getDataBytes()
                    .merge(
                        Source.tick(KEY_INTERVAL, KEY_INTERVAL, ByteString.emptyByteString()), true)
                    .takeWhile(bytes -> keys.holds(key))
                    .filterNot(ByteString::isEmpty)))
        : response;
  }
}
