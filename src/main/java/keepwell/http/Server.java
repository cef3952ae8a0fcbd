package keepwell.http;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.handleExceptions;
import static akka.http.javadsl.server.Directives.handleRejections;
import static akka.http.javadsl.server.Directives.pathPrefix;
import static akka.http.javadsl.server.Directives.withRequestTimeoutResponse;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.Http;
import akka.http.javadsl.ServerBinding;
import akka.http.javadsl.ServerBuilder;
import akka.http.javadsl.model.HttpEntity;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.ExceptionHandler;
import akka.http.javadsl.server.RejectionHandler;
import akka.http.javadsl.server.Route;
import akka.http.javadsl.settings.ServerSettings;
import akka.japi.function.Function;
import akka.stream.javadsl.BidiFlow;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import keepwell.access.ApiKeys;
import keepwell.access.AuditLog;

/** Listens, lets in who may come in, and answers whatever goes wrong in the routes. */
public final class Server {
  /** How long requests under way may take to end when the node stops. */
  private static final Duration TERMINATION = Duration.ofSeconds(3);

  private final ActorSystem<?> system;
  private final SignalRoutes signals;
  private final Cors cors;
  private final Gate gate;
  private final Optional<Tls> tls;
  private final Duration headTimeMax;
  private final Connections connections;
  private final Traffic traffic;
  private final Function<HttpRequest, CompletionStage<HttpResponse>> others;

  /**
   * What a request may cost.
   *
   * @param bodyBytesMax of a JSON body
   * @param lineBytesMax of a line of a stream
   * @param jsonDepthMax objects and arrays within each other
   * @param inflationMax how many bytes may come of one that was sent compressed
   * @param headTimeMax within which a request must begin, and its head be there
   * @param bodyTimeMax within which a JSON body must be there
   * @param lineTimeMax within which a stream must bring a line that is waited for
   * @param connectionsMax at once
   * @param eventStreamsMax streams of tier changes at once
   */
  public record Limits(
      int bodyBytesMax,
      int lineBytesMax,
      int jsonDepthMax,
      int inflationMax,
      Duration headTimeMax,
      Duration bodyTimeMax,
      Duration lineTimeMax,
      int connectionsMax,
      int eventStreamsMax) {}

  /**
   * What people see, beside {@code /v1} and {@code /docs}.
   *
   * @param problem how one is told to them
   * @param review how an account's pack is shown to them
   */
  public record Pages(
      Route routes,
      java.util.function.Function<Problem, HttpResponse> problem,
      java.util.function.Function<ReviewPack, HttpResponse> review) {}

  /**
   * Who comes in, and how.
   *
   * @param keys without any, whoever is on this host may do everything
   * @param corsOrigins whose pages may ask from a browser
   * @param tls if connections are encrypted
   */
  public record Entrance(
      Optional<ApiKeys> keys,
      SessionCookie session,
      AuditLog audit,
      Set<String> corsOrigins,
      Optional<Tls> tls) {}

  /**
   * @param rooms that routes ask
   * @param pages for people, beside {@code /v1} and {@code /docs}
   */
  public Server(
      ActorSystem<?> system,
      Rooms rooms,
      Limits limits,
      Entrance entrance,
      Pages pages,
      MeterRegistry meters) {
    this.system = system;
    this.traffic = new Traffic(meters);
    Resources resources =
        new Resources(system, rooms, limits, entrance.audit(), pages.review(), traffic, meters);
    this.signals = resources.signals();
    Route v1 =
        resources.routes(); // made once: what is in a directive is made again for every request
    Route routes =
        guarded(
            concat(pathPrefix("v1", () -> v1), new DocumentationRoutes().routes(), pages.routes()));
    this.others = routes.function(system);
    this.cors = new Cors(entrance.corsOrigins());
    this.tls = entrance.tls();
    this.headTimeMax = limits.headTimeMax();
    this.connections = new Connections(limits.connectionsMax(), meters);
    this.gate =
        entrance
            .keys()
            .<Gate>map(
                keys ->
                    new KeyGate(
                        keys,
                        entrance.session(),
                        new Auditing(
                            system,
                            entrance.audit(),
                            rooms.accounts()::persistenceId,
                            rooms.blocking()),
                        pages.problem(),
                        meters))
            .orElseGet(() -> new LoopbackGate(cors));
  }

  /** Listens; port 0 takes any that is free. */
  public CompletionStage<ServerBinding> bind(String host, int port) {
    ServerBuilder server = Http.get(system).newServerAt(host, port);
    return tls.map(context -> server.enableHttps(context.connections()))
        .orElse(server)
        .withSettings(
            ServerSettings.create(system.classicSystem())
                .withMaxConnections(connections.acceptedMax())
                .withTerminationDeadlineExceededResponse(
                    Problem.unavailable(Problem.STOPPING).response()))
        .bindFlow(
            BidiFlow.fromGraph(new HeadTimeout(headTimeMax))
                .join(connections.answering(this::answer)))
        .thenApply(binding -> binding.addToCoordinatedShutdown(TERMINATION, system));
  }

  private CompletionStage<HttpResponse> answer(HttpRequest request) {
    return traffic.counted(
        request,
        Leftover.readBefore(request, this::refusedOrPassed, system)
            .thenApply(answer -> cors.answered(request, answer)));
  }

  private CompletionStage<HttpResponse> refusedOrPassed(HttpRequest request) {
    return passed(request).exceptionally(failure -> Problem.of(failure).response());
  }

  private CompletionStage<HttpResponse> passed(HttpRequest request) {
    try {
      Optional<HttpResponse> preflight = cors.preflight(request);
      return preflight.isPresent()
          ? CompletableFuture.completedFuture(preflight.get())
          : gate.pass(request, this::admitted);
    } catch (Exception e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private CompletionStage<HttpResponse> admitted(HttpRequest request) throws Exception {
    return SignalRoutes.isPlain(request) ? signals.plain(request) : others.apply(request);
  }

  /**
   * Whatever is not answered by a route is answered by a problem: rejections, failures, time-outs.
   */
  private static Route guarded(Route inner) {
    return handleRejections(
        RejectionHandler.defaultHandler().mapRejectionResponse(Server::problem),
        () ->
            handleExceptions(
                ExceptionHandler.newBuilder()
                    .matchAny(failure -> complete(Problem.of(failure).response()))
                    .build(),
                () ->
                    withRequestTimeoutResponse(
                        request -> Problem.unavailable("No answer in time.").response(),
                        () -> inner)));
  }

  private static HttpResponse problem(HttpResponse rejection) {
    return rejection.entity() instanceof HttpEntity.Strict text
        ? Problem.of(rejection, text.getData().utf8String())
        : rejection;
  }
}
