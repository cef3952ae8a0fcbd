package keepwell.http;

import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.extractRequest;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.pathPrefix;

import akka.http.javadsl.server.Route;
import keepwell.report.Reports;
import keepwell.report.WeeklyReport;

/** {@code GET /v1/reports/weekly}: for programs, and as a page for people. */
final class ReportRoutes {
  private final Reports reports;
  private final Blocking blocking;

  ReportRoutes(Reports reports, Blocking blocking) {
    this.reports = reports;
    this.blocking = blocking;
  }

  Route routes() {
    return pathPrefix(
        "reports", () -> path("weekly", () -> get(() -> Parameters.none(this::weekly))));
  }

  private Route weekly() {
    return extractRequest(
        request -> {
          boolean page = StandalonePage.isWanted(request);
          return completeWithFuture(
              blocking.answer(
                  () -> {
                    WeeklyReport report = reports.weekly();
                    return page
                        ? StandalonePage.response(reports.page(report))
                        : Json.response(report).addHeader(StandalonePage.VARY);
                  }));
        });
  }
}
