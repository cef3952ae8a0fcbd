package keepwell.dashboard;

import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.RawHeader;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.List;
import java.util.Optional;
import keepwell.http.Problem;

/** The templates of {@code src/main/jte}, filled in. They escape whatever they are given. */
final class Pages {
  /** Browsers run, show and connect to nothing that is not from here. */
  static final HttpHeader POLICY =
      RawHeader.create(
          "Content-Security-Policy",
          "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self';"
              + " img-src 'self' data:; form-action 'self'; base-uri 'none';"
              + " frame-ancestors 'none'");

  /** Browsers ask again each time: the files of all releases carry the same date. */
  static final HttpHeader NO_CACHE = RawHeader.create("Cache-Control", "no-cache");

  private static final List<HttpHeader> HEADERS =
      List.of(
          POLICY,
          NO_CACHE,
          RawHeader.create("X-Content-Type-Options", "nosniff"),
          RawHeader.create("Referrer-Policy", "same-origin"));

  private final TemplateEngine templates =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, Pages.class.getClassLoader(), Pages.class.getPackageName());

  HttpResponse list(ListPage page) {
    return rendered("list", page);
  }

  HttpResponse row(AccountRow row) {
    return rendered("row", row);
  }

  HttpResponse account(AccountPage page) {
    return rendered("account", page);
  }

  HttpResponse review(ReviewPage page) {
    return rendered("review", page);
  }

  HttpResponse login(LoginRoutes.Page page) {
    return rendered("login", page);
  }

  /** A part of any page; empty while nothing goes on. */
  HttpResponse rescoring(Optional<RescoringBar> bar) {
    return bar.map(shown -> rendered("rescoring", shown))
        .orElseGet(
            () -> HttpResponse.create().withStatus(StatusCodes.NO_CONTENT).addHeaders(HEADERS));
  }

  /** A problem for people, with its status. */
  HttpResponse problem(Problem problem) {
    return rendered("problem", problem)
        .withStatus(problem.status())
        .addHeaders(problem.response().getHeaders());
  }

  private HttpResponse rendered(String template, Object model) {
    StringOutput html = new StringOutput();
    templates.render(template + ".jte", model, html);
    return HttpResponse.create()
        .withEntity(ContentTypes.TEXT_HTML_UTF8, html.toString())
        .addHeaders(HEADERS);
  }
}
