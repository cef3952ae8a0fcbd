package keepwell.http;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.ETag;
import akka.http.javadsl.model.headers.EntityTag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
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
  static OptionalInt expected(Optional<String> ifMatch) {
    if (ifMatch.isEmpty() || ifMatch.get().trim().equals("*")) {
      return OptionalInt.empty();
    }
    Matcher tag = ENTITY_TAG.matcher(ifMatch.get().trim());
    return OptionalInt.of(tag.matches() ? Integer.parseInt(tag.group(1)) : 0);
  }

  static HttpResponse superseded() {
    return Problem.of(
            StatusCodes.PRECONDITION_FAILED,
            "superseded",
            "Another version is in force than the one named by If-Match.")
        .response();
  }

  static HttpResponse response(Version<?> version) {
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
