package keepwell.outreach;

import akka.actor.ActorSystem;
import akka.event.NoLogging;
import akka.http.javadsl.ClientTransport;
import akka.http.javadsl.Http;
import akka.http.javadsl.model.HttpEntity;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.settings.ClientConnectionSettings;
import akka.http.javadsl.settings.ConnectionPoolSettings;
import akka.stream.javadsl.Sink;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Posts messages to one server over HTTP. Redirects are not followed. Connections are its own. */
final class Posts {
  /** For an answer, all told; Standard Webhooks says from 15 to 30 seconds. */
  static final Duration ANSWER_MAX = Duration.ofSeconds(15);

  private static final Duration CONNECTING_MAX = Duration.ofSeconds(5);

  /** Of the answer. */
  private static final long BODY_BYTES_MAX = 64 * 1024L;

  private static final Duration BODY_MAX = Duration.ofSeconds(5);

  private final ActorSystem system;
  private final ConnectionPoolSettings settings;

  /**
   * @param transport by which it connects
   * @param atOnceMax requests
   */
  Posts(ActorSystem system, ClientTransport transport, int atOnceMax) {
    this.system = system;
    this.settings =
        ConnectionPoolSettings.create(system)
            .withMaxConnections(atOnceMax)
            .withMaxOpenRequests(2 * atOnceMax)
            .withMaxRetries(0)
            .withBaseConnectionBackoff(scala.concurrent.duration.Duration.Zero())
            .withConnectionSettings(
                ClientConnectionSettings.create(system)
                    .withConnectingTimeout(
                        scala.concurrent.duration.Duration.create(
                            CONNECTING_MAX.toMillis(), TimeUnit.MILLISECONDS))
                    .withTransport(transport));
  }

  /** What becomes of an answer; nobody reads its body. */
  CompletionStage<Attempt> send(HttpRequest request, Instant now) {
    long start = System.nanoTime();
    CompletionStage<HttpResponse> response = response(request);
    response.thenAccept(this::discard); // also where it comes too late
    return attempt(response.thenApply(answer -> answered(now, start, answer)), now, start);
  }

  /** What becomes of an answer; a refusal with the words of the server. */
  CompletionStage<Attempt> sendAndListen(HttpRequest request, Instant now) {
    long start = System.nanoTime();
    return attempt(
        response(request)
            .thenCompose(
                answer ->
                    words(answer).thenApply(words -> answered(now, start, answer).saying(words))),
        now,
        start);
  }

  private CompletionStage<HttpResponse> response(HttpRequest request) {
    return Http.get(system)
        .singleRequest(
            request,
            Http.get(system).defaultClientHttpsContext(),
            settings,
            NoLogging.getInstance()); // failures are in the log of deliveries
  }

  private static CompletionStage<Attempt> attempt(
      CompletionStage<Attempt> answered, Instant now, long start) {
    return answered
        .toCompletableFuture()
        .copy()
        .orTimeout(ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(failure -> Attempt.failed(now, since(start), problem(failure)));
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static Attempt answered(Instant now, long start, HttpResponse answer) {
    return Attempt.answered(
        now,
        since(start),
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

  /** Empty if they are too many or do not come. */
  private CompletionStage<String> words(HttpResponse answer) {
    return answer
        .entity()
        .withSizeLimit(BODY_BYTES_MAX)
        .toStrict(BODY_MAX.toMillis(), system)
        .thenApply(HttpEntity.Strict::getData)
        .thenApply(data -> data.utf8String())
        .exceptionally(failure -> "");
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
