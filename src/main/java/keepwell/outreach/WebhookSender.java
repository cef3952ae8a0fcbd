package keepwell.outreach;

import akka.actor.ActorSystem;
import akka.http.javadsl.ClientTransport;
import akka.http.javadsl.OutgoingConnection;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.Uri;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.settings.ClientConnectionSettings;
import akka.stream.javadsl.Flow;
import akka.util.ByteString;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Sends messages to one subscriber, by Standard Webhooks 1.0.0. Each connection goes to an address
 * that was looked at.
 */
final class WebhookSender implements Sender {
  private static final int AT_ONCE_MAX = 16;

  /** No connection is kept longer, whatever comes on it; far more than any attempt takes. */
  private static final Duration CONNECTION_MAX = Duration.ofSeconds(60);

  private final Addresses addresses;
  private final InstantSource realClock;
  private final Executor blocking;
  private final Posts posts;

  /** Connects to addresses to which messages may go, for a limited time. */
  private final class GuardedTransport extends ClientTransport {
    private final ClientTransport resolving =
        ClientTransport.withCustomResolver((host, port) -> resolve(host, (Integer) port));

    @Override
    public Flow<ByteString, ByteString, CompletionStage<OutgoingConnection>> connectTo(
        String host, int port, ClientConnectionSettings connection, ActorSystem actors) {
      return resolving.connectTo(host, port, connection, actors).completionTimeout(CONNECTION_MAX);
    }
  }

  /**
   * @param blocking where it may wait for the network to resolve a name
   */
  WebhookSender(
      ActorSystem system, Addresses addresses, InstantSource realClock, Executor blocking) {
    this.addresses = addresses;
    this.realClock = realClock;
    this.blocking = blocking;
    this.posts = new Posts(system, new GuardedTransport(), AT_ONCE_MAX);
  }

  private CompletionStage<InetSocketAddress> resolve(String host, int port) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return new InetSocketAddress(addresses.resolve(host), port);
          } catch (UnknownHostException e) {
            throw new CompletionException(e);
          }
        },
        blocking);
  }

  @Override
  public int atOnceMax() {
    return AT_ONCE_MAX;
  }

  /**
   * @param to a {@link Webhook}
   */
  @Override
  public CompletionStage<Attempt> send(Recipient to, String messageId, String body) {
    Instant now = realClock.instant();
    return posts.send(request((Webhook) to, messageId, body, now), now);
  }

  private static HttpRequest request(Webhook webhook, String messageId, String body, Instant now) {
    return HttpRequest.create()
        .withMethod(HttpMethods.POST)
        .withUri(Uri.create(webhook.url().toString()))
        .withEntity(ContentTypes.APPLICATION_JSON, body)
        .withHeaders(
            List.of(
                RawHeader.create("webhook-id", messageId),
                RawHeader.create("webhook-timestamp", Long.toString(now.getEpochSecond())),
                RawHeader.create("webhook-signature", webhook.sign(messageId, now, body))));
  }
}
