package keepwell;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import keepwell.http.Api;
import keepwell.journal.TestDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A node that is sent more than its database can store. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OverloadTest {
  private static final int IN_FLIGHT_MAX = 10;

  /** An account for which nothing is under way. */
  private static final int OTHER = 100;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String url = TestDatabase.POSTGRESQL.url(null);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private TestNode node;
  private Api api;

  @BeforeEach
  void start(@TempDir Path data) {
    Map<String, Object> settings =
        Map.of("keepwell.jdbc.url", url, "keepwell.accounts.in-flight-max", IN_FLIGHT_MAX);
    node = TestNode.start(data, settings, InstantSource.system());
    api = new Api(node.uri());
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
    node.close();
  }

  private CompletableFuture<HttpResponse<String>> send(int account) {
    String signal = "{\"account\":\"a-%d\",\"signal\":\"login\"}".formatted(account);
    return CompletableFuture.supplyAsync(
        () -> api.post("/v1/signals", "application/json", signal), threads);
  }

  /** An account that is recovered may be refused, as may those behind it. */
  private void remember(IntStream accounts) {
    accounts.forEach(
        account ->
            Awaitility.await()
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .until(() -> send(account).join().statusCode() == 200));
  }

  /** Nothing can be stored until it is closed. */
  private Connection lock() throws SQLException {
    Connection connection = DriverManager.getConnection(url);
    connection.setAutoCommit(false);
    try (Statement lock = connection.createStatement()) {
      lock.execute("LOCK TABLE \"event_journal\" IN EXCLUSIVE MODE");
    }
    return connection;
  }

  private static List<HttpResponse<String>> answered(
      List<CompletableFuture<HttpResponse<String>>> answers) {
    return answers.stream().filter(CompletableFuture::isDone).map(CompletableFuture::join).toList();
  }

  @Test
  void what_it_cannot_take_is_refused_at_once_and_the_rest_is_stored() throws SQLException {
    remember(IntStream.range(0, 3 * IN_FLIGHT_MAX));
    List<CompletableFuture<HttpResponse<String>>> answers;
    try (Connection locked = lock()) {
      answers = IntStream.range(0, 3 * IN_FLIGHT_MAX).mapToObj(this::send).toList();
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> answered(answers).size() == 2 * IN_FLIGHT_MAX);
      assertThat(answered(answers))
          .allSatisfy(
              refused -> {
                assertThat(refused.statusCode()).isEqualTo(429);
                assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
              });
      locked.rollback();
    }
    assertThat(answers.stream().filter(answer -> answer.join().statusCode() == 200))
        .hasSize(IN_FLIGHT_MAX);
    assertThat(send(0).join().statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"application/x-ndjson,'%1$s\n%1$s'", "application/json,'[%1$s,%1$s]'"})
  void streams_and_arrays_wait_and_so_does_who_sends_them(String type, String two)
      throws SQLException {
    remember(IntStream.concat(IntStream.range(0, 2 * IN_FLIGHT_MAX), IntStream.of(OTHER)));
    List<CompletableFuture<HttpResponse<String>>> others;
    CompletableFuture<HttpResponse<String>> many;
    try (Connection locked = lock()) {
      others = IntStream.range(0, 2 * IN_FLIGHT_MAX).mapToObj(this::send).toList();
      Awaitility.await().atMost(PATIENCE).until(() -> answered(others).size() == IN_FLIGHT_MAX);
      String body = two.formatted("{\"account\":\"s\",\"signal\":\"login\"}");
      many = CompletableFuture.supplyAsync(() -> api.post("/v1/signals", type, body), threads);
      assertThat(send(OTHER).join().statusCode()).isEqualTo(429);
      assertThat(many).isNotDone();
      locked.rollback();
    }
    assertThat(others).allSatisfy(other -> assertThat(other.join().statusCode()).isIn(200, 429));
    assertThat(Api.json(many.join()).get("accepted").asInt()).isEqualTo(2);
  }
}
