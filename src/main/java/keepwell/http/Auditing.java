package keepwell.http;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.HttpEntity;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCode;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.model.headers.TimeoutAccess;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import keepwell.access.ApiKey;
import keepwell.access.AuditLog;
import keepwell.http.Gate.Inner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down who changes what: that it is about to be done, with what was before, or it is not
 * done; then what came of it. What was before and after is what the interface itself says of it.
 */
final class Auditing {
  private static final Logger LOG = LoggerFactory.getLogger(Auditing.class);
  private static final int CALL_LENGTH_MAX = 100;
  private static final Duration READING_MAX = Duration.ofSeconds(5);

  private final ActorSystem<?> system;
  private final AuditLog log;
  private final Function<String, String> persistenceIds;
  private final Blocking blocking;

  /**
   * @param persistenceIds of accounts
   */
  Auditing(
      ActorSystem<?> system,
      AuditLog log,
      Function<String, String> persistenceIds,
      Blocking blocking) {
    this.system = system;
    this.log = log;
    this.persistenceIds = persistenceIds;
    this.blocking = blocking;
  }

  /** Has a call answered. */
  CompletionStage<HttpResponse> around(HttpRequest request, ApiKey key, Inner inner) {
    Changed changed = Changed.of(request);
    return state(changed.path(), changed, request, inner)
        .thenCompose(
            before -> blocking.answer(() -> log.begin(key, call(request, changed), before)))
        .thenCompose(
            id ->
                answered(request, inner)
                    .thenCompose(response -> written(id, changed, request, response, inner)))
        .exceptionally(failure -> Problem.of(failure).response());
  }

  private AuditLog.Call call(HttpRequest request, Changed changed) {
    String call = request.method().value() + " " + changed.template();
    return new AuditLog.Call(
        call.substring(0, Math.min(call.length(), CALL_LENGTH_MAX)),
        changed.target(),
        changed.target().filter(id -> changed.isAccount()).map(persistenceIds));
  }

  /** What became of it is told in any case: it is done, whatever can be written of it. */
  private CompletionStage<HttpResponse> written(
      long id, Changed changed, HttpRequest request, HttpResponse response, Inner inner) {
    boolean done = response.status().isSuccess();
    Optional<String> made = response.getHeader("Location").map(HttpHeader::value);
    CompletionStage<Optional<String>> after =
        done
            ? state(made.or(changed::path), changed, request, inner)
                .exceptionally(
                    unread -> {
                      LOG.atWarn()
                          .addKeyValue("entry", id)
                          .log("What was after a call is missing in the audit log");
                      return Optional.empty();
                    })
            : CompletableFuture.completedFuture(Optional.empty());
    return after
        .thenCompose(
            state ->
                blocking.answer(
                    () -> {
                      log.end(id, response.status().intValue(), done, state);
                      return response;
                    }))
        .exceptionally(
            failure -> {
              LOG.atWarn()
                  .addKeyValue("entry", id)
                  .log("What became of a call is missing in the audit log");
              return response;
            });
  }

  /**
   * What the interface says of what is changed; empty if there is nothing. Fails if it cannot say.
   */
  private CompletionStage<Optional<String>> state(
      Optional<String> path, Changed changed, HttpRequest request, Inner inner) {
    if (path.isEmpty()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    return answered(asking(path.get(), request), inner)
        .thenCompose(answer -> answer.toStrict(READING_MAX.toMillis(), system))
        .thenApply(
            answer -> {
              if (isUntold(answer.status())) {
                throw new Problem.Raised(Problem.unavailable("What is there now cannot be read."));
              }
              return answer.status().isSuccess()
                  ? changed.of(((HttpEntity.Strict) answer.entity()).getData().toArrayUnsafe())
                  : Optional.empty();
            });
  }

  /** Asks within the time of a request. */
  private static HttpRequest asking(String path, HttpRequest request) {
    HttpRequest asking = HttpRequest.GET(path).addHeader(RawHeader.create("Raw-Request-URI", path));
    return request.getHeader(TimeoutAccess.class).map(asking::addHeader).orElse(asking);
  }

  private static boolean isUntold(StatusCode status) {
    return status.equals(StatusCodes.TOO_MANY_REQUESTS) || status.intValue() >= 500;
  }

  private static CompletionStage<HttpResponse> answered(HttpRequest request, Inner inner) {
    try {
      return inner.answer(request);
    } catch (Exception e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * What a call changes. In a path that follows {@code /v1} kinds and ids take turns.
   *
   * @param template the path, with {@code {id}} for each id
   * @param path that tells of it; empty if nothing does
   * @param target the first id
   * @param member of what is told; empty if all of it is meant
   */
  private record Changed(
      String template, Optional<String> path, Optional<String> target, String member) {
    private static final String ACCOUNTS = "/v1/accounts";
    private static final Map<String, String> MEMBERS =
        Map.of(ACCOUNTS + "/{id}", "labels", "/v1/scorecards", "version");

    static Changed of(HttpRequest request) {
      List<String> segments = Access.path(request);
      List<String> words = new ArrayList<>(segments);
      for (int i = 2; i < words.size(); i += 2) {
        words.set(i, "{id}");
      }
      String template = "/" + String.join("/", words);
      Optional<String> target =
          segments.size() > 2 ? Optional.of(segments.get(2)) : Optional.empty();
      boolean ofAccount = template.startsWith(ACCOUNTS) && segments.size() > 3;
      String member = ofAccount ? segments.get(3) : MEMBERS.getOrDefault(template, "");
      boolean told = target.isPresent() || !member.isEmpty();
      return new Changed(
          template, told ? Optional.of(beginning(request)) : Optional.empty(), target, member);
    }

    /** A path up to the first id, as it was sent. */
    private static String beginning(HttpRequest request) {
      String[] parts = request.getUri().getPathString().split("/", 5);
      return String.join("/", List.of(parts).subList(0, Math.min(parts.length, 4)));
    }

    boolean isAccount() {
      return template.startsWith(ACCOUNTS);
    }

    /** What is meant of what is told. */
    Optional<String> of(byte[] told) {
      try {
        JsonNode all = Json.MAPPER.readTree(told);
        return Optional.of((member.isEmpty() ? all : all.path(member)).toString());
      } catch (IOException e) {
        throw new IllegalStateException("a body of ours is no JSON", e);
      }
    }
  }
}
