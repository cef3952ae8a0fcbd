package keepwell.dashboard;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.extractRequest;
import static akka.http.javadsl.server.Directives.formFieldMap;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.handleRejections;
import static akka.http.javadsl.server.Directives.parameterMap;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.pathEnd;
import static akka.http.javadsl.server.Directives.pathPrefix;
import static akka.http.javadsl.server.Directives.post;
import static akka.http.javadsl.server.Directives.withSizeLimit;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCode;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.server.MalformedRequestContentRejection;
import akka.http.javadsl.server.RejectionHandler;
import akka.http.javadsl.server.Route;
import akka.http.javadsl.server.UnsupportedRequestContentTypeRejection;
import akka.http.scaladsl.model.EntityStreamSizeException;
import java.util.Map;
import java.util.Optional;
import keepwell.access.ApiKey;
import keepwell.access.ApiKey.Hash;
import keepwell.access.ApiKeys;
import keepwell.access.Scope;
import keepwell.dashboard.frame.Desk;
import keepwell.dashboard.frame.Pages;
import keepwell.http.Problem;
import keepwell.http.SessionCookie;

/** {@code /login}: where a browser is asked for a key, once. */
final class LoginRoutes {
  /** Of a form with a key and the way back. */
  private static final int FORM_BYTES_MAX = 16 << 10;

  private final ApiKeys keys;
  private final SessionCookie session;
  private final Pages pages;

  LoginRoutes(ApiKeys keys, SessionCookie session, Pages pages) {
    this.keys = keys;
    this.session = session;
    this.pages = pages;
  }

  /**
   * What the page shows.
   *
   * @param to where it leads afterwards
   * @param problem what was wrong with the key that was given
   * @param name who is known already
   */
  public record Page(String to, Optional<String> problem, Optional<String> name) {}

  /** Where there are no keys. */
  static Route notAsked() {
    Route on = complete(Desk.to("/"));
    return pathPrefix(
        "login",
        () ->
            concat(
                pathEnd(() -> concat(get(() -> on), post(() -> on))),
                path("end", () -> post(() -> on))));
  }

  Route routes() {
    return pathPrefix(
        "login",
        () ->
            concat(
                pathEnd(() -> concat(get(this::ask), post(this::answer))),
                path("end", () -> post(this::end))));
  }

  private Route ask() {
    return parameterMap(
        given ->
            extractRequest(
                request ->
                    complete(
                        pages.page(
                            "login",
                            new Page(
                                way(given), Optional.empty(), known(request).map(ApiKey::name))))));
  }

  private Optional<ApiKey> known(HttpRequest request) {
    return session.read(request).flatMap(keys::find);
  }

  private Route answer() {
    return handleRejections(
        RejectionHandler.newBuilder()
            .handle(
                MalformedRequestContentRejection.class, malformed -> refused(isTooLarge(malformed)))
            .handle(
                UnsupportedRequestContentTypeRejection.class,
                other ->
                    refused(
                        StatusCodes.UNSUPPORTED_MEDIA_TYPE,
                        "unsupported-media-type",
                        "A key is sent as a form."))
            .build(),
        () ->
            withSizeLimit(
                FORM_BYTES_MAX,
                () ->
                    formFieldMap(
                        given -> extractRequest(request -> complete(answer(given, request))))));
  }

  private Route refused(boolean tooLarge) {
    return tooLarge
        ? refused(
            StatusCodes.CONTENT_TOO_LARGE,
            "too-large",
            "The form is larger than " + FORM_BYTES_MAX + " bytes.")
        : refused(StatusCodes.BAD_REQUEST, "unreadable", "The form cannot be read.");
  }

  private Route refused(StatusCode status, String type, String detail) {
    return complete(pages.problem(new Problem(status, type, detail, Map.of())));
  }

  private static boolean isTooLarge(MalformedRequestContentRejection malformed) {
    return malformed.getCause() instanceof EntityStreamSizeException;
  }

  private HttpResponse answer(Map<String, String> given, HttpRequest request) {
    Optional<ApiKey> key = keys.find(Hash.of(given.getOrDefault("key", "").strip()));
    if (key.filter(known -> known.may(Scope.READ)).isEmpty()) {
      String problem =
          key.isPresent()
              ? "This key may not read: it takes one with the scope read."
              : "There is no such key.";
      return pages
          .page("login", new Page(way(given), Optional.of(problem), Optional.empty()))
          .withStatus(StatusCodes.UNAUTHORIZED);
    }
    return Desk.to(way(given)).addHeader(session.begin(key.get(), request));
  }

  private Route end() {
    return extractRequest(request -> complete(Desk.to("/login").addHeader(session.end(request))));
  }

  /**
   * Only to a page of ours: a link may lead here with any other. Browsers leave out tabs and ends
   * of lines, so that a path with one may be another than it looks.
   */
  private static String way(Map<String, String> given) {
    String to = given.getOrDefault("to", "/");
    return to.matches("/([^/\\\\\\p{Cntrl}]\\P{Cntrl}*)?") ? to : "/";
  }
}
