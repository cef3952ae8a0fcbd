package keepwell.http;

import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.pathEnd;
import static akka.http.javadsl.server.Directives.pathPrefix;
import static akka.http.javadsl.server.Directives.post;
import static akka.http.javadsl.server.PathMatchers.segment;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.server.Route;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import keepwell.outreach.Deliveries;
import keepwell.outreach.Delivery;
import keepwell.outreach.Delivery.State;

/** {@code …/deliveries}: the messages to a webhook or a channel. */
final class DeliveryRoutes {
  private static final int LIMIT = 100;
  private static final int LIMIT_MAX = 1000;

  private final Deliveries deliveries;
  private final Recipients recipients;
  private final HttpResponse none;
  private final InstantSource realClock;
  private final Blocking blocking;

  /** Those whose messages are meant. */
  @FunctionalInterface
  interface Recipients {
    boolean has(String id) throws SQLException;
  }

  /**
   * @param none the answer where there is no such recipient, or no such message to it
   */
  DeliveryRoutes(
      Deliveries deliveries,
      Recipients recipients,
      HttpResponse none,
      InstantSource realClock,
      Blocking blocking) {
    this.deliveries = deliveries;
    this.recipients = recipients;
    this.none = none;
    this.realClock = realClock;
    this.blocking = blocking;
  }

  /** Those below a recipient. */
  Route of(String recipient) {
    return pathPrefix(
        "deliveries",
        () ->
            concat(
                pathEnd(() -> get(() -> log(recipient))),
                pathPrefix(
                    segment(),
                    message ->
                        path(
                            "retry",
                            () ->
                                post(
                                    () ->
                                        Parameters.none(
                                            () ->
                                                completeWithFuture(
                                                    blocking.answer(
                                                        () -> retry(recipient, message)))))))));
  }

  private Route log(String recipient) {
    return Parameters.of(
        List.of("state", "before", "limit"),
        parameters -> {
          Optional<State> state =
              parameters
                  .oneOf("state", Arrays.stream(State.values()).map(DeliveryRoutes::text).toList())
                  .map(name -> State.valueOf(name.toUpperCase(Locale.ROOT)));
          Optional<Long> before =
              parameters.text("before", LIMIT).map(message -> changeId("before", message));
          int limit = parameters.number("limit", 1, LIMIT_MAX, LIMIT);
          return completeWithFuture(blocking.answer(() -> log(recipient, state, before, limit)));
        });
  }

  private static String text(State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private static long changeId(String field, String message) {
    return Delivery.changeId(message)
        .orElseThrow(() -> new Problem.Raised(Problem.ofField(field, "is no id of a message")));
  }

  private HttpResponse log(
      String recipient, Optional<State> state, Optional<Long> before, int limit)
      throws SQLException {
    if (!recipients.has(recipient)) {
      return none;
    }
    List<DeliveryBody> page =
        deliveries.page(recipient, state, before, limit).stream().map(DeliveryBody::of).toList();
    return Json.response(
        new DeliveryBody.Page(page, page.size() < limit ? null : page.get(limit - 1).id()));
  }

  private HttpResponse retry(String recipient, String message) throws SQLException {
    Optional<Long> change = Delivery.changeId(message);
    Deliveries.Retried retried =
        change.isEmpty()
            ? Deliveries.Retried.UNKNOWN
            : deliveries.retry(recipient, change.get(), realClock.instant());
    return switch (retried) {
      case DONE ->
          deliveries
              .get(recipient, change.orElseThrow())
              .map(delivery -> Json.response(StatusCodes.ACCEPTED, DeliveryBody.of(delivery)))
              .orElse(none);
      case DELIVERED ->
          Problem.of(StatusCodes.CONFLICT, "delivered", "The message was taken already.")
              .response();
      case UNKNOWN -> none;
    };
  }
}
