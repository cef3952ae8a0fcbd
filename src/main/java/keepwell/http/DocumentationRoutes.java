package keepwell.http;

import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.getFromResource;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.pathEnd;
import static akka.http.javadsl.server.Directives.pathPrefix;
import static akka.http.javadsl.server.Directives.respondWithHeader;

import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.server.Route;

/** {@code /openapi.json}, and {@code /docs}, where it can be read and tried. */
final class DocumentationRoutes {
  private static final String VIEWER = "META-INF/resources/webjars/swagger-ui/5.34.1";

  /** The viewer sets styles from its script; nothing else may come from anywhere but here. */
  private static final String POLICY =
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
          + " frame-ancestors 'none'; base-uri 'none'";

  /** Browsers ask again each time: the files of all releases carry the same date. */
  private static final HttpHeader NO_CACHE = RawHeader.create("Cache-Control", "no-cache");

  Route routes() {
    return respondWithHeader(
        NO_CACHE,
        () ->
            concat(
                path(
                    "openapi.json",
                    () ->
                        get(() -> getFromResource("openapi.json", ContentTypes.APPLICATION_JSON))),
                pathPrefix("docs", this::viewer)));
  }

  private Route viewer() {
    return respondWithHeader(
        RawHeader.create("Content-Security-Policy", POLICY),
        () ->
            concat(
                pathEnd(() -> get(() -> getFromResource("docs/index.html"))),
                file("viewer.js", "docs"),
                file("swagger-ui.css", VIEWER),
                file("swagger-ui-bundle.js", VIEWER)));
  }

  private static Route file(String name, String folder) {
    return path(name, () -> get(() -> getFromResource(folder + "/" + name)));
  }
}
