package keepwell.http;

import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.RawHeader;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which pages of other origins may ask from a browser, by the Fetch standard (CORS): those whose
 * origin is in the settings, exactly so, and with a key of their own; a browser's session is not
 * theirs.
 */
final class Cors {
  private static final String ORIGIN = "Origin";
  private static final int HTTP = 80;
  private static final int HTTPS = 443;
  private static final HttpHeader VARY = RawHeader.create("Vary", ORIGIN);
  private static final List<HttpHeader> ALLOWED =
      List.of(
          RawHeader.create("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE"),
          RawHeader.create(
              "Access-Control-Allow-Headers",
              "Authorization, Content-Type, Content-Encoding, If-Match, Last-Event-ID"),
          RawHeader.create("Access-Control-Max-Age", "600"));
  private static final HttpHeader EXPOSED =
      RawHeader.create(
          "Access-Control-Expose-Headers",
          "ETag, Location, Retry-After, RateLimit, RateLimit-Policy, WWW-Authenticate");

  private final Set<String> origins;

  /**
   * @param origins such as {@code https://app.example}
   */
  Cors(Set<String> origins) {
    this.origins = origins;
  }

  /** The origin of a page that asks; empty if none does, or a page of ours by a plain GET. */
  static Optional<String> origin(HttpRequest request) {
    return request.getHeader(ORIGIN).map(HttpHeader::value);
  }

  /** The origin of pages that come from here, as browsers write it: without the usual port. */
  static String own(HttpRequest request) {
    String scheme = request.getUri().getScheme();
    int port = request.getUri().port();
    boolean usual = port <= 0 || port == (scheme.equals("https") ? HTTPS : HTTP);
    return scheme + "://" + request.getUri().host() + (usual ? "" : ":" + port);
  }

  /**
   * Whether a browser says that a page of ours asks (Fetch Metadata); one that does not say so, as
   * over plain HTTP from another host, is believed by the origin.
   */
  static boolean isOwn(HttpRequest request) {
    return request
        .getHeader("Sec-Fetch-Site")
        .map(site -> site.value().equals("same-origin"))
        .orElseGet(() -> origin(request).filter(own(request)::equals).isPresent());
  }

  boolean allows(HttpRequest request) {
    return origin(request).filter(origins::contains).isPresent();
  }

  /** What a browser is told that asks whether it may ask; empty if it does not. */
  Optional<HttpResponse> preflight(HttpRequest request) {
    boolean asked =
        request.method().equals(HttpMethods.OPTIONS)
            && request.getHeader("Access-Control-Request-Method").isPresent()
            && allows(request);
    return asked
        ? Optional.of(HttpResponse.create().withStatus(StatusCodes.NO_CONTENT).addHeaders(ALLOWED))
        : Optional.empty();
  }

  /** Lets the page that asked read the answer, if it may. */
  HttpResponse answered(HttpRequest request, HttpResponse response) {
    if (origins.isEmpty()) {
      return response;
    }
    HttpResponse varied = response.addHeader(VARY);
    return allows(request)
        ? varied
            .addHeader(
                RawHeader.create("Access-Control-Allow-Origin", origin(request).orElseThrow()))
            .addHeader(EXPOSED)
        : varied;
  }
}
