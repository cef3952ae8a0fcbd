package keepwell.http;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.extractRequest;
import static akka.http.javadsl.server.Directives.optionalHeaderValueByName;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.ETag;
import akka.http.javadsl.model.headers.EntityTag;
import akka.http.javadsl.server.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import keepwell.health.Warning;
import keepwell.journal.Versions.Version;

/**
 * Documents of which there are versions: an entity tag says which, and {@code If-Match} keeps one
 * from overwriting what another has put meanwhile.
 */
final class Versioned {
  private static final Pattern ENTITY_TAG = Pattern.compile("(?:W/)?\"(\\d{1,9})\"");

  private Versioned() {}

  /**
   * The version that a header {@code If-Match} wants; 0, which never is in force, if it can't be
   * one.
   */
  private static OptionalInt expected(Optional<String> ifMatch) {
    if (ifMatch.isEmpty() || ifMatch.get().trim().equals("*")) {
      return OptionalInt.empty();
    }
    Matcher tag = ENTITY_TAG.matcher(ifMatch.get().trim());
    return OptionalInt.of(tag.matches() ? Integer.parseInt(tag.group(1)) : 0);
  }

  /**
   * A version, if there is such a one.
   *
   * @param what the documents are, for people
   */
  static Route found(Optional<? extends Version<?>> version, String what) {
    return complete(
        version
            .map(Versioned::response)
            .orElseGet(
                () ->
                    Problem.of(
                            StatusCodes.NOT_FOUND,
                            "not-found",
                            "There is no such version of the " + what + ".")
                        .response()));
  }

  /** Has the body of a request put, which also says after which version. */
  static Route replace(
      Bodies bodies, BiFunction<Object, OptionalInt, CompletionStage<HttpResponse>> putting) {
    return optionalHeaderValueByName(
        "If-Match",
        ifMatch ->
            extractRequest(
                request ->
                    completeWithFuture(
                        bodies
                            .json(request)
                            .thenCompose(json -> putting.apply(json, expected(ifMatch))))));
  }

  /** A document that has no faults, as it is stored: without the warnings of an earlier answer. */
  static Map<String, Object> document(Object faultless) {
    @SuppressWarnings("unchecked") // it is an object
    Map<String, Object> document = new LinkedHashMap<>((Map<String, Object>) faultless);
    document.remove("warnings");
    return document;
  }

  static HttpResponse superseded() {
    return Problem.of(
            StatusCodes.PRECONDITION_FAILED,
            "superseded",
            "Another version is in force than the one named by If-Match.")
        .response();
  }

  private static HttpResponse response(Version<?> version) {
    return response(version, version.document());
  }

  static HttpResponse response(Version<?> version, List<Warning> warnings) {
    Map<String, Object> body = new LinkedHashMap<>(version.document());
    body.put("warnings", warnings);
    return response(version, body);
  }

  private static HttpResponse response(Version<?> version, Map<String, Object> body) {
    return Json.response(body)
        .addHeader(ETag.create(EntityTag.create(Integer.toString(version.number()), false)));
  }
}
