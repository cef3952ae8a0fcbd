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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import keepwell.outreach.Outreach;
import keepwell.outreach.Secret;
import keepwell.outreach.Webhook;
import keepwell.outreach.Webhooks;
import keepwell.portfolio.Feed;

/** {@code /v1/webhooks}: subscribers, their secrets, and the messages to each. */
final class WebhookRoutes {
  private final Bodies bodies;
  private final Webhooks webhooks;
  private final DeliveryRoutes log;
  private final WebhookReader reader;
  private final Feed feed;
  private final InstantSource realClock;
  private final Blocking blocking;

  WebhookRoutes(
      Bodies bodies, Outreach outreach, Feed feed, InstantSource realClock, Blocking blocking) {
    this.bodies = bodies;
    this.webhooks = outreach.webhooks();
    this.log =
        new DeliveryRoutes(
            outreach.deliveries(), id -> webhooks.get(id).isPresent(), none(), realClock, blocking);
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
        log.of(id));
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

  private static HttpResponse none() {
    return Problem.of(StatusCodes.NOT_FOUND, "not-found", "There is no such webhook or message.")
        .response();
  }
}
