package keepwell.http;

import static akka.http.javadsl.server.Directives.concat;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.Route;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Function;
import keepwell.access.AuditLog;

/** Whatever is under {@code /v1}. */
final class Resources {
  private final SignalRoutes signals;
  private final Route routes;

  /**
   * @param review how an account's pack is shown to people
   */
  Resources(
      ActorSystem<?> system,
      Rooms rooms,
      Server.Limits limits,
      AuditLog audit,
      Function<ReviewPack, HttpResponse> review,
      Traffic traffic,
      MeterRegistry meters) {
    Bodies bodies = rooms.bodies();
    JsonReader reader = bodies.reader();
    Blocking blocking = rooms.blocking();
    Surveys surveys = rooms.surveys();
    Records records =
        new Records(bodies, bodies.intake(), new Ingestion(system), bodies.inflation(), limits);
    this.signals =
        new SignalRoutes(
            records,
            new RecordReader<>(
                SignalDraft.kind(rooms.days(), rooms.fingerprint()), reader, rooms.productClock()),
            rooms.accounts(),
            traffic);
    this.routes =
        concat(
            signals.routes(),
            new OutcomeRoutes(
                    records,
                    new RecordReader<>(
                        OutcomeDraft.kind(rooms.days()), reader, rooms.productClock()),
                    rooms.accounts())
                .route(),
            new CatalogueRoutes(rooms.catalogue(), rooms.days(), rooms.productClock(), blocking)
                .routes(),
            new PortfolioRoutes(
                    rooms.portfolio(),
                    rooms.scorecards(),
                    rooms.days(),
                    rooms.productClock(),
                    blocking)
                .routes(),
            new FeedRoutes(
                    system,
                    rooms.portfolio().feed(),
                    blocking,
                    new EventStreams(limits.eventStreamsMax(), meters))
                .routes(),
            new AccountRoutes(
                    bodies,
                    rooms.accounts(),
                    rooms.catalogue(),
                    rooms.days(),
                    new ReviewPackRoute(
                        rooms.accounts(),
                        rooms.portfolio(),
                        rooms.playbooks().tasks(),
                        rooms.days(),
                        rooms.productClock(),
                        review,
                        blocking),
                    blocking)
                .routes(),
            new AuditRoutes(audit, blocking).route(),
            new WebhookRoutes(
                    bodies, rooms.outreach(), rooms.portfolio().feed(), rooms.realClock(), blocking)
                .routes(),
            new ChannelRoutes(rooms.outreach(), rooms.realClock(), blocking).routes(),
            new PlaybookRoutes(
                    bodies,
                    rooms.playbooks(),
                    rooms.scorecards(),
                    rooms.catalogue(),
                    rooms.accounts(),
                    rooms.membership(),
                    rooms.productClock(),
                    blocking,
                    surveys)
                .routes(),
            new TaskRoutes(
                    bodies,
                    rooms.playbooks().tasks(),
                    rooms.accounts(),
                    rooms.days(),
                    rooms.productClock(),
                    blocking)
                .routes(),
            new StormRoutes(rooms.playbooks().storms(), blocking).routes(),
            new ReportRoutes(rooms.reports(), blocking).routes(),
            new PreviewRoutes(new Previews(rooms)).route(),
            new ValidationRoutes(bodies, rooms, surveys).route(),
            new CalibrationRoutes(bodies, rooms, surveys).route(),
            new ScorecardRoutes(
                    bodies,
                    rooms.scorecards(),
                    rooms.catalogue(),
                    rooms.rescoring(),
                    rooms.membership(),
                    rooms.productClock(),
                    blocking)
                .routes());
  }

  SignalRoutes signals() {
    return signals;
  }

  /** All of them, once. */
  Route routes() {
    return routes;
  }
}
