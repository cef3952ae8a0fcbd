package keepwell.outreach;

import akka.actor.ActorSystem;
import akka.event.NoLogging;
import akka.http.javadsl.ClientTransport;
import akka.http.javadsl.Http;
import akka.http.javadsl.OutgoingConnection;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.Uri;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.settings.ClientConnectionSettings;
import akka.http.javadsl.settings.ConnectionPoolSettings;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Sink;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends messages to one subscriber, by Standard Webhooks 1.0.0. Connections are its own, and each
 * goes to an address that was looked at.
 */
final class Sender {
  /** For an answer, all told; the specification says from 15 to 30 seconds. */
  static final Duration ANSWER_MAX = Duration.ofSeconds(15);

  /** No connection is kept longer, whatever comes on it; far more than any attempt takes. */
  private static final Duration CONNECTION_MAX = Duration.ofSeconds(60);

  private static final Duration CONNECTING_MAX = Duration.ofSeconds(5);

  /** Of the answer; nobody reads it. */
  private static final long BODY_BYTES_MAX = 64 * 1024L;

  private static final Duration BODY_MAX = Duration.ofSeconds(5);

  private final ActorSystem system;
  private final Addresses addresses;
  private final InstantSource realClock;
  private final Executor blocking;
  private final ConnectionPoolSettings settings;

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
  Sender(ActorSystem system, Addresses addresses, InstantSource realClock, Executor blocking) {
    this.system = system;
    this.addresses = addresses;
    this.realClock = realClock;
    this.blocking = blocking;
    this.settings =
        ConnectionPoolSettings.create(system)
            .withMaxConnections(Courier.AT_ONCE_MAX)
            .withMaxOpenRequests(2 * Courier.AT_ONCE_MAX)
            .withMaxRetries(0)
            .withBaseConnectionBackoff(scala.concurrent.duration.Duration.Zero())
            .withConnectionSettings(
                ClientConnectionSettings.create(system)
                    .withConnectingTimeout(
                        scala.concurrent.duration.Duration.create(
                            CONNECTING_MAX.toMillis(), TimeUnit.MILLISECONDS))
                    .withTransport(new GuardedTransport()));
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

  /** Sends a message; what became of it, never a failure. */
  CompletionStage<Attempt> send(Webhook webhook, String messageId, String body) {
    Instant now = realClock.instant();
    long start = System.nanoTime();
    CompletionStage<HttpResponse> response =
        Http.get(system)
            .singleRequest(
                request(webhook, messageId, body, now),
                Http.get(system).defaultClientHttpsContext(),
                settings,
                NoLogging.getInstance()); // failures are in the log of deliveries
    response.thenAccept(this::discard); // also where it comes too late
    return response
        .toCompletableFuture()
        .copy()
        .orTimeout(ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS)
        .handle(
            (answer, failure) -> {
              Duration took = Duration.ofNanos(System.nanoTime() - start);
              return failure == null
                  ? answered(now, took, answer)
                  : Attempt.failed(now, took, problem(failure));
            });
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

  private static Attempt answered(Instant now, Duration took, HttpResponse answer) {
    return Attempt.answered(
        now,
        took,
        answer.status().intValue(),
        answer
            .getHeader("Retry-After")
            .flatMap(header -> RetrySchedule.retryAfter(header.value(), now)));
  }

  /** So that the connection can be used again, if the answer ends soon. */
  private void discard(HttpResponse answer) {
    answer
        .entity()
        .withSizeLimit(BODY_BYTES_MAX)
        .getDataBytes()
        .completionTimeout(BODY_MAX)
        .runWith(Sink.ignore(), system);
  }

  /** What went wrong, in words that tell nothing of our inside. */
  private static String problem(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof Addresses.NotAllowedException) {
        return "the host leads to a private address";
      }
      if (cause instanceof UnknownHostException) {
        return "the host is not known";
      }
      if (cause instanceof javax.net.ssl.SSLException) {
        return "no secure connection: " + cause.getMessage();
      }
      if (cause instanceof TimeoutException) {
        return "no answer in " + ANSWER_MAX.toSeconds() + " seconds";
      }
    }
    return "the connection failed";
  }
}
