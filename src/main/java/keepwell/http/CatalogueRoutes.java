package keepwell.http;

import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.Route;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import keepwell.health.Days;
import keepwell.health.Signal;
import keepwell.portfolio.Catalogue;

/** {@code GET /v1/signals}. */
final class CatalogueRoutes {
  /** How long an answer may wait for what was stored before it was asked for. */
  static final Duration CATCH_UP_MAX = Duration.ofSeconds(2);

  private static final int DAYS_MAX = 365;
  private static final int DAYS_DEFAULT = 30;

  private final Catalogue catalogue;
  private final Days days;
  private final InstantSource productClock;
  private final Blocking blocking;

  CatalogueRoutes(Catalogue catalogue, Days days, InstantSource productClock, Blocking blocking) {
    this.catalogue = catalogue;
    this.days = days;
    this.productClock = productClock;
    this.blocking = blocking;
  }

  Route routes() {
    return path(
        "signals",
        () ->
            get(
                () ->
                    Parameters.of(
                        List.of("days", "after"),
                        parameters ->
                            completeWithFuture(
                                page(
                                    parameters.number("days", 1, DAYS_MAX, DAYS_DEFAULT),
                                    parameters.text("after", Signal.KEY_LENGTH_MAX))))));
  }

  private CompletionStage<HttpResponse> page(int dayCount, Optional<String> after) {
    int today = days.of(productClock.instant());
    return blocking.answer(
        () -> {
          catalogue.catchUp(CATCH_UP_MAX);
          return Json.response(
              CatalogueBody.of(catalogue.page(after, today - dayCount + 1, today)));
        });
  }
}
