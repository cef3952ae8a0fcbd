package keepwell.http;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import keepwell.access.ApiKey;
import keepwell.access.AuditLog;
import keepwell.access.AuditLog.Entry;
import keepwell.access.Scope;
import keepwell.journal.Database;
import keepwell.journal.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written down of a call when not all of it can be known. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AuditingTest {
  private static final ApiKey DANA =
      new ApiKey("dana", Set.of(Scope.ADMIN), ApiKey.Hash.of(ApiKey.random()), OptionalInt.empty());
  private static final HttpRequest CALL = HttpRequest.PUT("/v1/accounts/acme/override");

  private final List<String> done = new ArrayList<>();
  private ActorTestKit kit;
  private Database database;
  private AuditLog log;
  private Auditing auditing;

  @BeforeEach
  void start(@TempDir Path data) {
    kit = ActorTestKit.create(ConfigFactory.parseString("akka.actor.provider = local"));
    database = TestDatabase.EMBEDDED.open(data);
    log = new AuditLog(database, Duration.ofDays(1), InstantSource.system());
    auditing = new Auditing(kit.system(), log, id -> id, new Blocking(Runnable::run));
  }

  @AfterEach
  void stop() {
    database.close();
    kit.shutdownTestKit();
  }

  private int status(Gate.Inner inner) {
    return auditing.around(CALL, DANA, inner).toCompletableFuture().join().status().intValue();
  }

  private CompletionStage<HttpResponse> answered(HttpRequest request, int toReading) {
    boolean reads = request.method().equals(HttpMethods.GET);
    if (!reads) {
      done.add(request.method().value());
    }
    return CompletableFuture.completedFuture(
        HttpResponse.create().withStatus(reads ? toReading : 200).withEntity("{}"));
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void what_was_before_must_be_known_or_nothing_is_changed(int toReading) throws Exception {
    assertThat(status(request -> answered(request, toReading))).isEqualTo(503);
    assertThat(done).isEmpty();
    assertThat(entries()).isEmpty();
  }

  @Test
  void what_is_not_there_yet_is_made() throws Exception {
    assertThat(status(request -> answered(request, 404))).isEqualTo(200);
    assertThat(entries()).singleElement().extracting(Entry::before).isEqualTo(Optional.empty());
  }

  @Test
  void that_it_is_done_is_written_down_also_if_what_is_after_is_not_known() throws Exception {
    assertThat(status(request -> answered(request, done.isEmpty() ? 200 : 503))).isEqualTo(200);
    assertThat(entries())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.status()).hasValue(200);
              assertThat(entry.after()).isEmpty();
            });
  }

  private List<Entry> entries() throws Exception {
    return log.page(Long.MAX_VALUE, 10);
  }
}
