package keepwell.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import keepwell.journal.TestDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Previews that are under way for long: here because a table that they read is locked. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PreviewUnderWayTest {
  private static final String PREVIEW = "/v1/scorecards/preview";
  private static final int ACCOUNTS = 40;

  @TempDir Path data;
  @AutoClose private PortfolioNode node;
  @AutoClose private Connection database;
  private final ExecutorService clients = Executors.newCachedThreadPool();

  @BeforeEach
  void start() throws SQLException {
    node = new PortfolioNode(data, TestDatabase.POSTGRESQL);
    Histories.settle(node, ACCOUNTS, 20260303);
    database = DriverManager.getConnection(node.url());
    database.setAutoCommit(false);
  }

  @AfterEach
  void stop() {
    clients.shutdown();
  }

  /** Until {@link #unlock}. */
  private void lock(String table) throws SQLException {
    try (Statement statement = database.createStatement()) {
      statement.execute("LOCK TABLE \"%s\" IN ACCESS EXCLUSIVE MODE".formatted(table));
    }
  }

  private void unlock() throws SQLException {
    database.rollback();
  }

  private long count(String what) throws SQLException {
    try (Connection connection = DriverManager.getConnection(node.url());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM " + what)) {
      row.next();
      return row.getLong(1);
    }
  }

  private void awaitWaiting(int previews) {
    Awaitility.await().until(this::waiting, waiting -> waiting == previews);
  }

  /** Previews that wait for the lock. */
  private long waiting() throws SQLException {
    return count(
        """
        pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
          AND (query LIKE 'SELECT COUNT(*) FROM "standing"%' OR query LIKE 'DELETE FROM "draft"%')
        """);
  }

  private HttpResponse<String> preview() {
    return node.api().post(PREVIEW, "application/json", Histories.DRAFT);
  }

  private CompletableFuture<HttpResponse<String>> previewing() {
    return CompletableFuture.supplyAsync(this::preview, clients);
  }

  private static JsonNode answered(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Api.json(answer);
  }

  @Test
  void a_third_at_once_may_come_again_later() throws SQLException {
    JsonNode preview = answered(preview());
    lock("standing");
    CompletableFuture<HttpResponse<String>> first = previewing();
    CompletableFuture<HttpResponse<String>> second = previewing();
    awaitWaiting(2);
    HttpResponse<String> third = preview();
    assertThat(third.statusCode()).isEqualTo(429);
    assertThat(third.headers().firstValue("Retry-After")).isPresent();
    assertThat(node.api().get("/v1/scorecards").statusCode()).isEqualTo(200);
    unlock();
    assertThat(answered(first.join())).isEqualTo(preview);
    assertThat(answered(second.join())).isEqualTo(preview);
    assertThat(answered(preview())).isEqualTo(preview);
  }

  /** Before its answer began, when nobody reads it any more, or after. */
  @Test
  void whoever_hangs_up_gives_the_place_back() throws SQLException, IOException {
    for (String table : new String[] {"draft", "standing"}) {
      lock(table);
      Socket first = asking();
      Socket second = asking();
      awaitWaiting(2);
      assertThat(preview().statusCode()).isEqualTo(429);
      first.close();
      second.close();
      unlock();
      bothPlacesAreFree();
    }
  }

  private void bothPlacesAreFree() throws SQLException {
    Awaitility.await().until(() -> preview().statusCode() == 200);
    lock("standing");
    CompletableFuture<HttpResponse<String>> one = previewing();
    awaitWaiting(1);
    List<CompletableFuture<HttpResponse<String>>> others = new ArrayList<>();
    Awaitility.await()
        .until(
            () -> {
              others.add(previewing());
              CompletableFuture<?> other = others.get(others.size() - 1);
              Awaitility.await().until(() -> other.isDone() || waiting() == 2);
              return !other.isDone();
            });
    unlock();
    answered(one.join());
    answered(others.get(others.size() - 1).join());
  }

  private Socket asking() throws IOException {
    Socket socket = new Socket(node.uri().getHost(), node.uri().getPort());
    byte[] body = Histories.DRAFT.getBytes(UTF_8);
    String head =
        "POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n";
    socket.getOutputStream().write(head.formatted(PREVIEW, body.length).getBytes(UTF_8));
    socket.getOutputStream().write(body);
    socket.getOutputStream().flush();
    return socket;
  }

  @Test
  void it_stores_nothing_but_the_draft() throws SQLException {
    long events = count("\"event_journal\"");
    long snapshots = count("\"snapshot\"");
    long versions = count("\"scorecards\"");
    long changes = count("\"tier_change\"");
    answered(preview());
    assertThat(count("\"draft\"")).isOne();
    assertThat(count("\"event_journal\"")).isEqualTo(events);
    assertThat(count("\"snapshot\"")).isEqualTo(snapshots);
    assertThat(count("\"scorecards\"")).isEqualTo(versions);
    assertThat(count("\"tier_change\"")).isEqualTo(changes);
  }

  @Test
  void a_node_that_stops_breaks_it_off_and_answers_it_after_its_start() throws SQLException {
    JsonNode preview = answered(preview());
    JsonNode accounts = node.got("/v1/accounts?limit=1000");
    lock("standing");
    CompletableFuture<HttpResponse<String>> brokenOff = previewing();
    awaitWaiting(1);
    CompletableFuture<Void> stopped = CompletableFuture.runAsync(node::close, clients);
    assertThatThrownBy(brokenOff::join).isInstanceOf(CompletionException.class);
    unlock();
    stopped.join();
    node.start();
    assertThat(answered(preview())).isEqualTo(preview);
    assertThat(node.got("/v1/accounts?limit=1000")).isEqualTo(accounts);
    assertThat(answered(previewing().join())).isEqualTo(preview);
  }
}
