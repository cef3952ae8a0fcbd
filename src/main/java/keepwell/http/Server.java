package keepwell.http;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.handleExceptions;
import static akka.http.javadsl.server.Directives.handleRejections;
import static akka.http.javadsl.server.Directives.pathPrefix;
import static akka.http.javadsl.server.Directives.withRequestTimeoutResponse;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.DispatcherSelector;
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
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import keepwell.access.ApiKeys;
import keepwell.access.AuditLog;
import keepwell.account.Accounts;
import keepwell.account.Fingerprint;
import keepwell.cluster.Membership;
import keepwell.health.Days;
import keepwell.journal.ScorecardVersions;
import keepwell.outreach.Outreach;
import keepwell.playbook.Playbooks;
import keepwell.portfolio.Catalogue;
import keepwell.portfolio.Portfolio;
import keepwell.portfolio.Rescoring;
import keepwell.report.Reports;

/** All routes, and how whatever goes wrong in them is answered. */
public final class Server {
  /** How long requests under way may take to end when the node stops. */
  private static final Duration TERMINATION = Duration.ofSeconds(3);

  /** The share of the heap that requests may take. */
  private static final int INTAKE_OF_HEAP = 8;

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
   * @param pages for people, beside {@code /v1} and {@code /docs}
   */
  public Server(
      ActorSystem<?> system,
      Accounts accounts,
      ScorecardVersions scorecards,
      Catalogue catalogue,
      Portfolio portfolio,
      Rescoring rescoring,
      Outreach outreach,
      Playbooks playbooks,
      Reports reports,
      Membership membership,
      Fingerprint fingerprint,
      Days days,
      InstantSource productClock,
      InstantSource realClock,
      Limits limits,
      Entrance entrance,
      Pages pages,
      MeterRegistry meters) {
    this.system = system;
    this.traffic = new Traffic(meters);
    Intake intake = new Intake(Runtime.getRuntime().maxMemory() / INTAKE_OF_HEAP);
    intake.measure(meters);
    Inflation inflation = new Inflation(limits.inflationMax());
    JsonReader reader = new JsonReader(limits.jsonDepthMax());
    Bodies bodies = new Bodies(system, limits, reader, inflation, intake);
    Blocking blocking = new Blocking(system.dispatchers().lookup(DispatcherSelector.blocking()));
    Surveys surveys = new Surveys(system, blocking);
    Records records = new Records(bodies, intake, new Ingestion(system), inflation, limits);
    this.signals =
        new SignalRoutes(
            records,
            new RecordReader<>(SignalDraft.kind(days, fingerprint), reader, productClock),
            accounts,
            traffic);
    Route v1 = // made once: what is in a directive is made again for every request
        concat(
            signals.routes(),
            new OutcomeRoutes(
                    records,
                    new RecordReader<>(OutcomeDraft.kind(days), reader, productClock),
                    accounts)
                .route(),
            new CatalogueRoutes(catalogue, days, productClock, blocking).routes(),
            new PortfolioRoutes(portfolio, scorecards, days, productClock, blocking).routes(),
            new FeedRoutes(
                    system,
                    portfolio.feed(),
                    blocking,
                    new EventStreams(limits.eventStreamsMax(), meters))
                .routes(),
            new AccountRoutes(
                    bodies,
                    accounts,
                    catalogue,
                    days,
                    new ReviewPackRoute(
                        accounts,
                        portfolio,
                        playbooks.tasks(),
                        days,
                        productClock,
                        pages.review(),
                        blocking),
                    blocking)
                .routes(),
            new AuditRoutes(entrance.audit(), blocking).route(),
            new WebhookRoutes(bodies, outreach, portfolio.feed(), realClock, blocking).routes(),
            new ChannelRoutes(outreach, realClock, blocking).routes(),
            new PlaybookRoutes(
                    bodies,
                    playbooks,
                    scorecards,
                    catalogue,
                    accounts,
                    membership,
                    productClock,
                    blocking,
                    surveys)
                .routes(),
            new TaskRoutes(bodies, playbooks.tasks(), accounts, days, productClock, blocking)
                .routes(),
            new StormRoutes(playbooks.storms(), blocking).routes(),
            new ReportRoutes(reports, blocking).routes(),
            new PreviewRoutes(
                    bodies,
                    accounts,
                    scorecards,
                    catalogue,
                    portfolio,
                    days,
                    productClock,
                    realClock,
                    surveys)
                .route(),
            new ScorecardRoutes(
                    bodies, scorecards, catalogue, rescoring, membership, productClock, blocking)
                .routes());
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
                        new Auditing(system, entrance.audit(), accounts::persistenceId, blocking),
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
