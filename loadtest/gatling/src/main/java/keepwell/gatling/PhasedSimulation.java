package keepwell.gatling;

import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;

import io.gatling.javaapi.core.OpenInjectionStep;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import keepwell.gatling.Timetable.Part;

/**
 * A load with what goes before each: accounts are set up, everything is warmed up by what is to
 * come, and a baseline is taken.
 */
abstract class PhasedSimulation extends Simulation {
  private static final int SET_UP_PER_SECOND = 100;
  private static final int CONNECTING_SECONDS = 10;
  private static final int WARM_SECONDS = 45;
  private static final int BASELINE_SECONDS = 30;

  /** Of tier changes that came within a second. */
  private static final int CHANGES_HELD_MAX = 10_000;

  /**
   * How many requests are under way at most, each on a connection that stays: as those of a server
   * that sends signals, and as new connections come in slowly beside load. What is due meanwhile
   * waits, and its time runs.
   */
  private static final int CONNECTIONS = 64;

  /** Each has its next stream in memory, and those of a source come one after the other. */
  private static final int STREAM_CONNECTIONS = 8;

  private final Population population = new Population(Parameters.accounts(), Parameters.seed());
  private final LocalDate today = LocalDate.now(ZoneOffset.UTC);
  private final String run = Long.toString(Instant.now().toEpochMilli(), Character.MAX_RADIX);

  private final int perSecond;
  private final int seconds;

  /**
   * @param perSecond how many requests a second where nothing else is asked for
   * @param seconds how long the load is where nothing else is asked for
   */
  PhasedSimulation(int perSecond, int seconds) {
    this.perSecond = Parameters.perSecond(perSecond);
    this.seconds = Parameters.seconds(seconds);
  }

  final int perSecond() {
    return perSecond;
  }

  final int seconds() {
    return seconds;
  }

  /**
   * Lets it all come.
   *
   * @param urn what warms up, as often as it is in it
   * @param baseline what the baseline is taken of, in turn
   * @param baselinePerSecond so few that they hardly ever meet
   */
  final void begin(
      List<Request> urn,
      List<Request> baseline,
      double baselinePerSecond,
      PopulationBuilder... load) {
    Traffic warm = traffic(Phase.WARM_UP, "warm-up");
    int accounts = population.accounts().size();
    PopulationBuilder setUp =
        population(
            "set-up",
            new Timetable(
                warm.setUp(),
                List.of(Part.steady(SET_UP_PER_SECOND, 1 + 2.0 * accounts / SET_UP_PER_SECOND))),
            rampUsers(CONNECTIONS).during(CONNECTING_SECONDS));
    PopulationBuilder warmUp =
        population(
            "warm-up",
            new Timetable(
                warm.drawn(urn),
                List.of(
                    new Part(1, perSecond, WARM_SECONDS / 2.0),
                    Part.steady(perSecond, WARM_SECONDS / 2.0))),
            atOnceUsers(connections(urn)));
    PopulationBuilder light =
        population(
            "baseline",
            new Timetable(
                traffic(Phase.BASELINE, "baseline").inTurn(baseline),
                List.of(Part.steady(baselinePerSecond, BASELINE_SECONDS))),
            atOnceUsers(connections(baseline)));
    setUp(setUp.andThen(warmUp.andThen(light.andThen(load)))).protocols(protocol());
  }

  /** A load of requests that are drawn from an urn. */
  final PopulationBuilder load(String name, List<Request> urn, Part... parts) {
    return population(
        name,
        new Timetable(traffic(Phase.LOAD, name).drawn(urn), List.of(parts)),
        atOnceUsers(connections(urn)));
  }

  private static int connections(List<Request> urn) {
    return urn.contains(Request.STREAM) ? STREAM_CONNECTIONS : CONNECTIONS;
  }

  private Traffic traffic(Phase phase, String name) {
    return new Traffic(
        population, phase, Parameters.seed() ^ name.hashCode(), today, run + "-" + name);
  }

  private static PopulationBuilder population(
      String name, Timetable timetable, OpenInjectionStep sources) {
    return scenario(name)
        .exec(timetable::next)
        .exec(
            asLongAs(session -> session.contains(Timetable.DUE_NANOS))
                .on(pause(Timetable::left), exec(Exchanges.exchange()), exec(timetable::next)))
        .injectOpen(sources);
  }

  /** All phases share the connections that are open. */
  private static HttpProtocolBuilder protocol() {
    HttpProtocolBuilder protocol =
        http.baseUrl(Parameters.url().orElseThrow().toString())
            .shareConnections()
            .disableWarmUp()
            .disableCaching()
            .disableFollowRedirect()
            .sseUnmatchedInboundMessageBufferSize(CHANGES_HELD_MAX);
    return Parameters.key()
        .map(key -> protocol.authorizationHeader("Bearer " + key))
        .orElse(protocol);
  }
}
