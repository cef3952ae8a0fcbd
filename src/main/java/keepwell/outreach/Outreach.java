package keepwell.outreach;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.Adapter;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.typed.ClusterSingleton;
import akka.cluster.typed.SingletonActor;
import akka.http.javadsl.Http;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import keepwell.journal.Database;
import keepwell.journal.Seal;
import keepwell.portfolio.Feed;
import keepwell.portfolio.TierChange;

/** Tells subscribers what happens to accounts; one node of the cluster does it at a time. */
public final class Outreach {
  private final Webhooks webhooks;
  private final Deliveries deliveries;
  private final Addresses addresses;

  /**
   * @param privateAllowed whether messages may go into the own network
   * @param kept how long messages are kept that have ended
   */
  public record Settings(boolean privateAllowed, Duration kept) {}

  private Outreach(Webhooks webhooks, Deliveries deliveries, Addresses addresses) {
    this.webhooks = webhooks;
    this.deliveries = deliveries;
    this.addresses = addresses;
  }

  /**
   * Begins, on this node or on another that has begun before.
   *
   * @param message the body by which a change is told
   * @param blocking where it may wait for the network
   */
  public static Outreach begin(
      ActorSystem<?> system,
      Database database,
      Feed feed,
      Seal seal,
      Function<TierChange, String> message,
      InstantSource realClock,
      Executor blocking,
      Settings settings,
      MeterRegistry meters) {
    Webhooks webhooks = new Webhooks(database, seal);
    Addresses addresses = new Addresses(settings.privateAllowed());
    Supplier<Sender> senders =
        () -> new Sender(Adapter.toClassic(system), addresses, realClock, blocking);
    Supplier<Outbox> outbox =
        () ->
            new Outbox(
                database,
                feed,
                seal,
                webhooks,
                wake -> new Dispatch(feed, senders, message, wake, meters),
                realClock,
                settings.kept());
    ClusterSingleton.get(system)
        .init(
            SingletonActor.of(sending(outbox), "outreach")
                .withProps(DispatcherSelector.blocking()));
    return new Outreach(webhooks, new Deliveries(database), addresses);
  }

  /** Sends for as long as it is. */
  private static Behavior<Void> sending(Supplier<Outbox> outbox) {
    return Behaviors.setup(
        context -> {
          Outbox sending = outbox.get();
          sending.begin();
          return Behaviors.receive(Void.class)
              .onSignal(
                  PostStop.class,
                  signal -> {
                    sending.close();
                    Http.get(context.getSystem()).shutdownAllConnectionPools();
                    return Behaviors.same();
                  })
              .build();
        });
  }

  public Webhooks webhooks() {
    return webhooks;
  }

  public Deliveries deliveries() {
    return deliveries;
  }

  public Addresses addresses() {
    return addresses;
  }
}
