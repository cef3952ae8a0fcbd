package keepwell.http;

import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.headers.Cookie;
import akka.http.javadsl.model.headers.HttpCookie;
import akka.http.javadsl.model.headers.SameSite;
import akka.http.javadsl.model.headers.SetCookie;
import java.util.Optional;
import java.util.stream.StreamSupport;
import keepwell.access.ApiKey;
import keepwell.access.ApiKey.Hash;
import keepwell.access.Sessions;

/** The cookie of a browser that has shown a key: no script can read it. */
public final class SessionCookie {
  private static final String NAME = "keepwell-session";

  private final Sessions sessions;

  public SessionCookie(Sessions sessions) {
    this.sessions = sessions;
  }

  /** The hash of the key that was shown. */
  public Optional<Hash> read(HttpRequest request) {
    return request
        .getHeader(Cookie.class)
        .flatMap(
            cookies ->
                StreamSupport.stream(cookies.getCookies().spliterator(), false)
                    .filter(cookie -> cookie.name().equals(NAME))
                    .findFirst())
        .flatMap(cookie -> sessions.of(cookie.value()));
  }

  /** Has a browser keep it; only for encrypted connections if it came by one. */
  public HttpHeader begin(ApiKey key, HttpRequest request) {
    return SetCookie.create(
        cookie(sessions.begin(key), request).withMaxAge(Sessions.MAX.toSeconds()));
  }

  /** Has a browser forget it. */
  public HttpHeader end(HttpRequest request) {
    return SetCookie.create(cookie("", request).withMaxAge(0));
  }

  /** A link from elsewhere leads to a page and not to the question for a key. */
  private static HttpCookie cookie(String value, HttpRequest request) {
    return HttpCookie.create(NAME, value)
        .withPath("/")
        .withHttpOnly(true)
        .withSecure(request.getUri().getScheme().equals("https"))
        .withSameSite(SameSite.Lax);
  }
}
