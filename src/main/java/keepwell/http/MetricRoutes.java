package keepwell.http;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;

import akka.actor.ExtendedActorSystem;
import akka.actor.setup.Setup;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.server.Route;
import akka.management.javadsl.ManagementRouteProvider;
import akka.management.javadsl.ManagementRouteProviderSettings;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** {@code /metrics}, as Prometheus reads it. Created by name. */
public final class MetricRoutes implements ManagementRouteProvider {
  private final PrometheusMeterRegistry meters;

  /** What is measured on this node; put into the actor system when that is created. */
  public static final class Meters extends Setup {
    private final PrometheusMeterRegistry registry;

    public Meters(PrometheusMeterRegistry registry) {
      this.registry = registry;
    }
  }

  /** The one constructor that the management knows. */
  public MetricRoutes(ExtendedActorSystem system) {
    this.meters = system.settings().setup().get(Meters.class).orElseThrow().registry;
  }

  @Override
  public Route routes(ManagementRouteProviderSettings settings) {
    return path(
        "metrics",
        () ->
            get(
                () ->
                    complete(HttpEntities.create(ContentTypes.TEXT_PLAIN_UTF8, meters.scrape()))));
  }
}
