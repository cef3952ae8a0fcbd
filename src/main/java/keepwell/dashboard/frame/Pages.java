package keepwell.dashboard.frame;

import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.RawHeader;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.List;
import keepwell.http.Problem;

/** The templates of {@code src/main/jte}, filled in. They escape whatever they are given. */
public final class Pages {
  /** Browsers run, show and connect to nothing that is not from here. */
  public static final HttpHeader POLICY =
      RawHeader.create(
          "Content-Security-Policy",
          "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self';"
              + " img-src 'self' data:; form-action 'self'; base-uri 'none';"
              + " frame-ancestors 'none'");

  /** Browsers ask again each time: the files of all releases carry the same date. */
  public static final HttpHeader NO_CACHE = RawHeader.create("Cache-Control", "no-cache");

  private static final List<HttpHeader> HEADERS =
      List.of(
          POLICY,
          NO_CACHE,
          RawHeader.create("X-Content-Type-Options", "nosniff"),
          RawHeader.create("Referrer-Policy", "same-origin"));

  private final TemplateEngine templates =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, Pages.class.getClassLoader(), "keepwell.dashboard");

  /**
   * A page, or a part of one.
   *
   * @param template its path without the ending, such as {@code account/page}
   */
  public HttpResponse page(String template, Object model) {
    return HttpResponse.create()
        .withEntity(ContentTypes.TEXT_HTML_UTF8, html(template, model))
        .addHeaders(HEADERS);
  }

  /** A part of a page that has nothing to show now. */
  public HttpResponse nothing() {
    return HttpResponse.create().withStatus(StatusCodes.NO_CONTENT).addHeaders(HEADERS);
  }

  /** The text of a page, or of a part of one. */
  public String html(String template, Object model) {
    StringOutput html = new StringOutput();
    templates.render(template + ".jte", model, html);
    return html.toString();
  }

  /** A problem for people, with its status. */
  public HttpResponse problem(Problem problem) {
    return page("frame/problem", problem)
        .withStatus(problem.status())
        .addHeaders(problem.response().getHeaders());
  }
}
