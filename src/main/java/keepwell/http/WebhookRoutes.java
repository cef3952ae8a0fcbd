package keepwell.http;

import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.delete;
import static akka.http.javadsl.server.Directives.extractRequest;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.pathEnd;
import static akka.http.javadsl.server.Directives.pathPrefix;
import static akka.http.javadsl.server.Directives.post;
import static akka.http.javadsl.server.PathMatchers.segment;

import akka.http.javadsl.model.HttpEntity;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.Location;
import akka.http.javadsl.server.Route;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import keepwell.outreach.Deliveries;
import keepwell.outreach.Delivery;
import keepwell.outreach.Delivery.State;
import keepwell.outreach.Outreach;
import keepwell.outreach.Secret;
import keepwell.outreach.Webhook;
import keepwell.outreach.Webhooks;
import keepwell.portfolio.Feed;

/** {@code /v1/webhooks}: subscribers, their secrets, and the messages to each. */
final class WebhookRoutes {
  private static final int LIMIT = 100;
  private static final int LIMIT_MAX = 1000;

  private final Bodies bodies;
  private final Webhooks webhooks;
  private final Deliveries deliveries;
  private final WebhookReader reader;
  private final Feed feed;
  private final InstantSource realClock;
  private final Blocking blocking;

  WebhookRoutes(
      Bodies bodies, Outreach outreach, Feed feed, InstantSource realClock, Blocking blocking) {
    this.bodies = bodies;
    this.webhooks = outreach.webhooks();
    this.deliveries = outreach.deliveries();
    this.reader = new WebhookReader(outreach.addresses());
    this.feed = feed;
    this.realClock = realClock;
    this.blocking = blocking;
  }

  Route routes() {
    return pathPrefix(
        "webhooks",
        () ->
            concat(
                pathEnd(
                    () ->
                        concat(
                            get(() -> Parameters.none(() -> answer(this::list))),
                            post(() -> Parameters.none(() -> withJson(this::add))))),
                pathPrefix(segment(), this::of)));
  }

  private Route of(String id) {
    return concat(
        pathEnd(
            () ->
                concat(
                    get(() -> Parameters.none(() -> answer(() -> show(id)))),
                    delete(() -> Parameters.none(() -> answer(() -> remove(id)))))),
        path("rotate", () -> post(() -> Parameters.none(() -> withJson(json -> rotate(id, json))))),
        path("enable", () -> post(() -> Parameters.none(() -> answer(() -> enable(id))))),
        pathPrefix(
            "deliveries",
            () ->
                concat(
                    pathEnd(() -> get(() -> log(id))),
                    pathPrefix(
                        segment(),
                        message ->
                            path(
                                "retry",
                                () ->
                                    post(
                                        () ->
                                            Parameters.none(
                                                () -> answer(() -> retry(id, message)))))))));
  }

  private Route answer(Callable<HttpResponse> answer) {
    return completeWithFuture(blocking.answer(answer));
  }

  /** An absent body stands for an empty object. */
  private Route withJson(Function<Object, Callable<HttpResponse>> answer) {
    return extractRequest(
        request ->
            completeWithFuture(
                (isEmpty(request.entity())
                        ? CompletableFuture.<Object>completedFuture(Map.of())
                        : bodies.json(request))
                    .thenCompose(json -> blocking.answer(answer.apply(json)))));
  }

  private static boolean isEmpty(HttpEntity entity) {
    return entity.getContentLengthOption().orElse(1) == 0;
  }

  private HttpResponse list() throws SQLException {
    return Json.response(Map.of("items", webhooks.all().stream().map(WebhookBody::of).toList()));
  }

  private Callable<HttpResponse> add(Object json) {
    return () -> {
      WebhookReader.Draft draft = reader.read(json);
      Optional<Webhook> added =
          webhooks.add(
              draft.url(),
              draft.eventTypes(),
              draft.description(),
              draft.secret(),
              feed.last(),
              realClock.instant());
      return added
          .map(
              webhook ->
                  Json.response(
                          StatusCodes.CREATED, WebhookBody.disclosing(webhook, draft.secret()))
                      .addHeader(Location.create("/v1/webhooks/" + webhook.id())))
          .orElseGet(
              () ->
                  Problem.of(
                          StatusCodes.CONFLICT,
                          "webhooks-too-many",
                          "There can be at most %d webhooks.".formatted(Webhooks.COUNT_MAX))
                      .response());
    };
  }

  private HttpResponse show(String id) throws SQLException {
    return webhooks.get(id).map(WebhookBody::of).map(Json::response).orElseGet(WebhookRoutes::none);
  }

  private HttpResponse remove(String id) throws SQLException {
    return webhooks.delete(id) ? HttpResponse.create().withStatus(StatusCodes.NO_CONTENT) : none();
  }

  private Callable<HttpResponse> rotate(String id, Object json) {
    return () -> {
      Secret secret = WebhookReader.secret(json);
      return webhooks.rotate(id, secret, realClock.instant())
          ? webhooks
              .get(id)
              .map(webhook -> Json.response(WebhookBody.disclosing(webhook, secret)))
              .orElseGet(WebhookRoutes::none)
          : none();
    };
  }

  private HttpResponse enable(String id) throws SQLException {
    return webhooks.enable(id, feed.last()) ? show(id) : none();
  }

  private Route log(String id) {
    return Parameters.of(
        List.of("state", "before", "limit"),
        parameters -> {
          Optional<State> state =
              parameters
                  .oneOf("state", Arrays.stream(State.values()).map(WebhookRoutes::text).toList())
                  .map(name -> State.valueOf(name.toUpperCase(Locale.ROOT)));
          Optional<Long> before =
              parameters.text("before", LIMIT).map(message -> changeId("before", message));
          int limit = parameters.number("limit", 1, LIMIT_MAX, LIMIT);
          return answer(() -> log(id, state, before, limit));
        });
  }

  private static String text(State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private static long changeId(String field, String message) {
    return Delivery.changeId(message)
        .orElseThrow(() -> new Problem.Raised(Problem.ofField(field, "is no id of a message")));
  }

  private HttpResponse log(String id, Optional<State> state, Optional<Long> before, int limit)
      throws SQLException {
    if (webhooks.get(id).isEmpty()) {
      return none();
    }
    List<DeliveryBody> page =
        deliveries.page(id, state, before, limit).stream().map(DeliveryBody::of).toList();
    return Json.response(
        new DeliveryBody.Page(page, page.size() < limit ? null : page.get(limit - 1).id()));
  }

  private HttpResponse retry(String id, String message) throws SQLException {
    Optional<Long> change = Delivery.changeId(message);
    Deliveries.Retried retried =
        change.isEmpty()
            ? Deliveries.Retried.UNKNOWN
            : deliveries.retry(id, change.get(), realClock.instant());
    return switch (retried) {
      case DONE ->
          deliveries
              .get(id, change.orElseThrow())
              .map(delivery -> Json.response(StatusCodes.ACCEPTED, DeliveryBody.of(delivery)))
              .orElseGet(WebhookRoutes::none);
      case DELIVERED ->
          Problem.of(StatusCodes.CONFLICT, "delivered", "The message was taken already.")
              .response();
      case UNKNOWN -> none();
    };
  }

  private static HttpResponse none() {
    return Problem.of(StatusCodes.NOT_FOUND, "not-found", "There is no such webhook or message.")
        .response();
  }
}
