package keepwell.http;

import akka.http.impl.engine.server.ServerTerminationDeadlineReached;
import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpCharsets;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.StatusCode;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.scaladsl.model.EntityStreamException;
import akka.http.scaladsl.model.IllegalRequestException;
import akka.stream.AbruptStageTerminationException;
import akka.stream.StreamTcpException;
import java.io.EOFException;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.zip.DataFormatException;
import java.util.zip.ZipException;
import keepwell.health.Fault;
import keepwell.health.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Why a request was not done, as {@code application/problem+json} (RFC 9457). The only place where
 * a cause becomes a status.
 *
 * @param type stable, for programs: {@code urn:keepwell:problem:} and this
 * @param detail for people; tells nothing of our inside
 * @param more further members
 */
public record Problem(StatusCode status, String type, String detail, Map<String, Object> more) {
  private static final Logger LOG = LoggerFactory.getLogger(Problem.class);
  private static final ContentType PROBLEM_JSON =
      ContentTypes.create(
          MediaTypes.applicationWithFixedCharset("problem+json", HttpCharsets.UTF_8));
  private static final String RETRY_AFTER_SECONDS = "1";
  private static final int FAULTS_MAX = 1000;
  static final String STOPPING = "This node is stopping.";

  /** Carries a problem through code that can only fail. */
  public static final class Raised extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // never serialized
    private final Problem problem;

    public Raised(Problem problem) {
      super(problem.detail(), null, false, false);
      this.problem = problem;
    }
  }

  public static Problem of(StatusCode status, String type, String detail) {
    return new Problem(status, type, detail, Map.of());
  }

  /** A part of the request that is wrong, named. */
  public static Problem ofField(String field, String problem) {
    return of(StatusCodes.BAD_REQUEST, "invalid-request", field + " " + problem + ".")
        .with(Map.of("field", field));
  }

  /** What is wrong with a document, each fault by its path: the first 1,000. */
  static Problem ofFaults(String type, Collection<Fault> faults) {
    return of(
            StatusCodes.UNPROCESSABLE_CONTENT,
            type,
            "The document has faults; nothing of it was taken.")
        .with(Map.of("faults", faults.stream().limit(FAULTS_MAX).toList()));
  }

  public static Problem of(Refusal refusal) {
    return switch (refusal.code()) {
      case SIGNAL_FROM_THE_FUTURE ->
          of(
              StatusCodes.UNPROCESSABLE_CONTENT,
              "signal-from-the-future",
              "at is more than 5 minutes ahead of the clock");
      case ERASED ->
          of(StatusCodes.UNPROCESSABLE_CONTENT, "erased", "at is before the account was erased");
      case ACCOUNT_UNKNOWN ->
          of(StatusCodes.NOT_FOUND, "account-unknown", "Nothing is recorded of this account.");
      case AS_OF_TOO_OLD ->
          of(
                  StatusCodes.UNPROCESSABLE_CONTENT,
                  "as-of-too-old",
                  "asOf is too long ago: the days that its score would be made of are no longer"
                      + " kept whole.")
              .with(Map.of("field", "asOf"));
      case OVERRIDE_ENDED ->
          of(StatusCodes.UNPROCESSABLE_CONTENT, "override-ended", "until is a day that is over.")
              .with(Map.of("field", "until"));
      case LABELS_TOO_MANY ->
          of(
              StatusCodes.UNPROCESSABLE_CONTENT,
              "labels-too-many",
              "labels would be more than accounts.labels-max allows an account.");
      case SIGNAL_KEYS_TOO_MANY ->
          of(
              StatusCodes.UNPROCESSABLE_CONTENT,
              "signal-keys-too-many",
              "signal is a new key of an account that has as many as accounts.signal-keys-max"
                  + " allows");
      case OUTCOMES_TOO_MANY ->
          of(
              StatusCodes.UNPROCESSABLE_CONTENT,
              "outcomes-too-many",
              "at is a further day of an account that has as many outcomes as it may have");
      case BUSY ->
          of(
              StatusCodes.TOO_MANY_REQUESTS,
              "overloaded",
              "More is under way than this node can take."
                  + " What was not acknowledged may be sent again.");
      case MOVED -> unavailable("The account moves from one node to another.");
      case UNRECOVERED -> unavailable("The account cannot be read from the database.");
      case UNAVAILABLE -> unavailable("The database cannot be written.");
    };
  }

  /** What a failure becomes; one of ours is logged, and told without its inside. */
  public static Problem of(Throwable failure) {
    Throwable cause = unwrapped(failure);
    if (cause instanceof Raised known) {
      return known.problem;
    }
    if (cause instanceof TimeoutException) {
      LOG.atWarn().addKeyValue("problem", cause.getMessage()).log("No answer in time");
      return unavailable("No answer in time.");
    }
    if (cause instanceof SQLException) {
      LOG.atWarn().addKeyValue("problem", cause.getMessage()).log("Database failed");
      return unavailable("The database does not answer.");
    }
    if (cause instanceof ZipException
        || cause instanceof DataFormatException
        || cause instanceof EOFException) {
      return of(
          StatusCodes.BAD_REQUEST, "unreadable", "The body is not what its encoding promises.");
    }
    if (cause instanceof ServerTerminationDeadlineReached
        || cause instanceof AbruptStageTerminationException) {
      return unavailable(STOPPING);
    }
    if (cause instanceof StreamTcpException || cause instanceof EntityStreamException) {
      return of(StatusCodes.BAD_REQUEST, "unreadable", "The body broke off.");
    }
    if (cause instanceof IllegalRequestException illegal) {
      return of(StatusCodes.BAD_REQUEST, "unreadable", illegal.getMessage());
    }
    LOG.atError().setCause(cause).log("Request failed");
    return of(StatusCodes.INTERNAL_SERVER_ERROR, "internal", "The server failed to do it.");
  }

  /** It can't be done now. */
  public static Problem unavailable(String why) {
    return of(
        StatusCodes.SERVICE_UNAVAILABLE,
        "unavailable",
        why + " What was not acknowledged may be sent again.");
  }

  private static Throwable unwrapped(Throwable failure) {
    boolean wrapped =
        failure instanceof CompletionException || failure instanceof ExecutionException;
    return wrapped && failure.getCause() != null ? unwrapped(failure.getCause()) : failure;
  }

  Problem with(Map<String, ?> members) {
    Map<String, Object> all = new LinkedHashMap<>(more);
    all.putAll(members);
    return new Problem(status, type, detail, all);
  }

  /** As it is answered to programs. */
  public HttpResponse response() {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", "urn:keepwell:problem:" + type);
    body.put("title", status.reason());
    body.put("status", status.intValue());
    body.put("detail", detail);
    body.putAll(more);
    HttpResponse response =
        HttpResponse.create().withStatus(status).withEntity(PROBLEM_JSON, Json.bytes(body));
    boolean again = status.intValue() == 503 || status.intValue() == 429;
    return again
        ? response.addHeader(RawHeader.create("Retry-After", RETRY_AFTER_SECONDS))
        : response;
  }

  /** A response of Akka's own in our form. */
  static HttpResponse of(HttpResponse akkas, String detail) {
    int status = akkas.status().intValue();
    String type =
        switch (status) {
          case 404 -> "not-found";
          case 405 -> "method-not-allowed";
          case 413 -> "too-large";
          case 415 -> "unsupported-media-type";
          case 503 -> "unavailable";
          default -> "invalid-request";
        };
    return of(akkas.status(), type, detail).response().addHeaders(akkas.getHeaders());
  }
}
