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
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import keepwell.journal.Database;
import keepwell.journal.Seal;
import keepwell.portfolio.Feed;
import keepwell.portfolio.TierChange;

/** Tells others what happens to accounts; one node of the cluster does it at a time. */
public final class Outreach {
  /** By so many numbers the ids of e-mails differ from those of other installations. */
  private static final int INSTALLATIONS = 1_000_000;

  private final Webhooks webhooks;
  private final Deliveries deliveries;
  private final Addresses addresses;
  private final Channels channels;
  private final Messages messages;
  private final Templates templates;

  /**
   * @param privateAllowed whether webhooks may lead into the own network
   * @param kept how long messages are kept that have ended
   * @param slack an incoming webhook of Slack
   */
  public record Settings(
      boolean privateAllowed, Duration kept, Optional<URI> slack, Optional<MailServer> mail) {
    private Set<String> channels() {
      Set<String> channels = new HashSet<>();
      slack.ifPresent(url -> channels.add(Channel.SLACK));
      mail.ifPresent(server -> channels.add(Channel.EMAIL));
      return channels;
    }

    @Override
    public String toString() {
      return "Settings"; // what they lead to does not belong in a log
    }
  }

  private Outreach(
      Webhooks webhooks,
      Deliveries deliveries,
      Addresses addresses,
      Channels channels,
      Messages messages,
      Templates templates) {
    this.webhooks = webhooks;
    this.deliveries = deliveries;
    this.addresses = addresses;
    this.channels = channels;
    this.messages = messages;
    this.templates = templates;
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
      Templates templates,
      MeterRegistry meters) {
    Webhooks webhooks = new Webhooks(database, seal);
    Channels channels = new Channels(database, settings.channels());
    Addresses addresses = new Addresses(settings.privateAllowed());
    akka.actor.ActorSystem actors = Adapter.toClassic(system);
    Function<Recipient, Sender> senders =
        to ->
            switch (to.id()) {
              case Channel.SLACK ->
                  new SlackSender(actors, settings.slack().orElseThrow(), realClock);
              case Channel.EMAIL ->
                  new MailSender(
                      settings.mail().orElseThrow(),
                      seal.number(INSTALLATIONS),
                      realClock,
                      blocking);
              default -> new WebhookSender(actors, addresses, realClock, blocking);
            };
    Supplier<Outbox> outbox =
        () ->
            new Outbox(
                database,
                feed,
                seal,
                webhooks,
                channels,
                wake -> new Dispatch(feed, senders, message, wake, meters),
                realClock,
                settings.kept());
    ClusterSingleton.get(system)
        .init(
            SingletonActor.of(sending(outbox), "outreach")
                .withProps(DispatcherSelector.blocking()));
    return new Outreach(
        webhooks,
        new Deliveries(database),
        addresses,
        channels,
        new Messages(webhooks, channels, seal),
        templates);
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

  public Channels channels() {
    return channels;
  }

  /** What is told beside tier changes is put there. */
  public Messages messages() {
    return messages;
  }

  /** How messages are worded. */
  public Templates templates() {
    return templates;
  }

  public Addresses addresses() {
    return addresses;
  }
}
