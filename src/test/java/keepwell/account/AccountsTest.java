package keepwell.account;

import static org.assertj.core.api.Assertions.assertThat;

import akka.serialization.jackson.JacksonCborSerializer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import keepwell.health.Days;
import keepwell.health.Erased;
import keepwell.health.Explained;
import keepwell.health.History;
import keepwell.health.Inquiry;
import keepwell.health.Judged;
import keepwell.health.Outcome;
import keepwell.health.Recorded;
import keepwell.health.Refusal;
import keepwell.health.Refusal.Code;
import keepwell.health.ScoreOverride;
import keepwell.health.Signal;
import keepwell.health.Standing;
import keepwell.journal.TestDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Accounts as actors, on a real journal. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AccountsTest {
  private static final int TODAY = new Days(ZoneOffset.UTC).of(HostedAccounts.NOW);

  @TempDir Path data;

  private static Signal login(long id) {
    return new Signal("login", 1, HostedAccounts.NOW, 0, 0, id);
  }

  private static Recorded record(HostedAccounts hosted, String account, Signal... signals) {
    return (Recorded)
        hosted.answer(() -> hosted.accounts().record(account, List.of(signals), false));
  }

  private static Standing standing(HostedAccounts hosted, String account) {
    return (Standing) hosted.answer(() -> hosted.accounts().show(account, Optional.empty()));
  }

  @Test
  void every_answer_can_travel_between_nodes_and_every_question_has_a_way_to() throws Exception {
    try (HostedAccounts hosted = new HostedAccounts(data, Map.of())) {
      Recorded recorded = record(hosted, "acme", login(1));
      hosted.answer(() -> hosted.accounts().label("acme", Map.of("owner", Optional.of("dana"))));
      ScoreOverride override =
          new ScoreOverride(
              Optional.of(5.0), Optional.empty(), "champion left", "dana", TODAY + 30);
      List<Object> answers =
          List.of(
              recorded,
              hosted.answer(() -> hosted.accounts().override("acme", override)),
              hosted.answer(() -> hosted.accounts().history("acme", 30)),
              hosted.answer(() -> hosted.accounts().explain("acme", Inquiry.OVER_DAYS)),
              hosted.answer(() -> hosted.accounts().removeOverride("acme")),
              hosted.answer(() -> hosted.accounts().erase("acme")),
              hosted.answer(() -> hosted.accounts().explain("acme", Inquiry.OVER_DAYS)));
      assertThat(answers)
          .hasExactlyElementsOfTypes(
              Recorded.class,
              Standing.class,
              History.class,
              Explained.class,
              Standing.class,
              Erased.class,
              Refusal.class);
      for (Object answer : answers) {
        byte[] sent = hosted.serialization().serialize(answer).get();
        assertThat(hosted.serialization().deserialize(sent, answer.getClass()).get())
            .isEqualTo(answer);
      }
      for (Class<?> question : Command.class.getPermittedSubclasses()) {
        assertThat(hosted.serialization().serializerFor(question))
            .isInstanceOf(JacksonCborSerializer.class);
      }
    }
  }

  @Test
  void what_became_of_an_account_travels_though_a_metric_has_no_data() throws Exception {
    var score =
        new Judged.Score(
            Judged.Found.SCORED,
            "card",
            49.5,
            Optional.of("red"),
            TODAY,
            new double[] {49.5, Double.NaN},
            new double[] {-3});
    var terms =
        new Judged.Terms(30, 0, TODAY, Map.of("segment", Set.of("smb")), Optional.of("split"));
    List<Object> messages =
        List.of(
            new Judged("acme", Optional.of("test"), Outcome.CHURNED, TODAY, List.of(score)),
            new Command.Judge(3, List.of("draft"), terms, null));
    try (HostedAccounts hosted = new HostedAccounts(data, Map.of())) {
      for (Object message : messages) {
        byte[] sent = hosted.serialization().serialize(message).get();
        assertThat(hosted.serialization().deserialize(sent, message.getClass()).get())
            .usingRecursiveComparison()
            .withComparatorForType(Double::compare, Double.class) // NaN is NaN
            .isEqualTo(message);
      }
    }
  }

  @Test
  void an_account_is_the_same_after_a_restart_from_its_events_and_its_snapshot()
      throws SQLException {
    Standing before;
    try (HostedAccounts hosted = new HostedAccounts(data, Map.of())) {
      hosted.answer(() -> hosted.accounts().label("acme", Map.of("owner", Optional.of("dana"))));
      for (int i = 1; i <= 8; i++) { // a snapshot is stored after every fifth event
        record(hosted, "acme", login(i));
      }
      before = standing(hosted, "acme");
      Awaitility.await().until(() -> count(hosted, "SELECT COUNT(*) FROM \"snapshot\"") > 0);
    }
    try (HostedAccounts hosted = new HostedAccounts(data, Map.of())) {
      assertThat(standing(hosted, "acme")).isEqualTo(before);
      assertThat(before.score()).hasValue(80);
      assertThat(record(hosted, "acme", login(1), login(8), login(9)).duplicates()).hasSize(2);
    }
  }

  @Test
  void an_account_answers_while_its_snapshots_cannot_be_stored() throws SQLException {
    try (HostedAccounts hosted = new HostedAccounts(TestDatabase.POSTGRESQL.url(data), Map.of());
        Connection connection = hosted.database().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(
          "SET LOCAL idle_in_transaction_session_timeout = 0;"
              + " LOCK TABLE \"snapshot\" IN EXCLUSIVE MODE");
      for (int i = 1; i <= 12; i++) { // two would be stored
        assertThat(record(hosted, "acme", login(i)).duplicates()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"no CBOR", "facts of an unknown version"})
  void an_account_whose_snapshot_cannot_be_read_is_recovered_from_its_events(String damage)
      throws SQLException {
    Standing before;
    try (HostedAccounts hosted = new HostedAccounts(data, Map.of())) {
      for (int i = 1; i <= 6; i++) {
        record(hosted, "acme", login(i));
      }
      before = standing(hosted, "acme");
      hosted.database().snapshots().flush(); // or a sound one would follow
      damage(
          hosted, damage.equals("no CBOR") ? snapshot -> new byte[1] : AccountsTest::unknownFacts);
    }
    try (HostedAccounts hosted = new HostedAccounts(data, Map.of())) {
      assertThat(standing(hosted, "acme")).isEqualTo(before);
    }
  }

  @Test
  void an_account_whose_events_cannot_be_read_says_so() throws SQLException {
    try (HostedAccounts hosted = new HostedAccounts(data, Map.of())) {
      record(hosted, "acme", login(1));
      update(hosted, "UPDATE \"event_journal\" SET \"event_payload\" = X'00'");
    }
    try (HostedAccounts hosted = new HostedAccounts(data, Map.of())) {
      assertThat(hosted.accounts().show("acme", Optional.empty()).toCompletableFuture().join())
          .isEqualTo(Refusal.of(Code.UNRECOVERED));
    }
  }

  @Test
  void a_persist_failure_is_recovered_from_and_leaves_no_account_dead() throws SQLException {
    try (HostedAccounts hosted = new HostedAccounts(data, Map.of())) {
      record(hosted, "acme", login(1));
      // Another incarnation has stored the event that this one is about to store.
      update(
          hosted,
          """
          INSERT INTO "event_journal" ("persistence_id", "sequence_number", "writer",
            "write_timestamp", "adapter_manifest", "event_ser_id", "event_ser_manifest",
            "event_payload")
          SELECT "persistence_id", 5, 'another', "write_timestamp", "adapter_manifest",
            "event_ser_id", "event_ser_manifest", "event_payload"
          FROM "event_journal" WHERE "sequence_number" = 2
          """);
      assertThat(record(hosted, "acme", login(2)).score()).hasValue(30);
      assertThat(record(hosted, "other", login(1)).score()).hasValue(10);
      assertThat(count(hosted, "SELECT COUNT(*) FROM \"event_journal\"")).isEqualTo(11);
    }
  }

  @Test
  void no_more_accounts_are_resident_than_may_be_and_none_is_lost()
      throws SQLException, InterruptedException {
    int residentMax = 256; // is shared out evenly among 256 shards
    int accountsMax = 600;
    Map<String, Object> settings = Map.of(HostedAccounts.RESIDENT_MAX, residentMax);
    try (HostedAccounts hosted = new HostedAccounts(data, settings)) {
      record(hosted, "warm-up", login(1));
      for (int round = 1; round <= 2; round++) {
        int id = round;
        ExecutorService clients = Executors.newFixedThreadPool(16);
        for (int a = 0; a < accountsMax; a++) {
          String account = "account-" + a;
          clients.execute(() -> record(hosted, account, login(id)));
        }
        clients.shutdown();
        assertThat(clients.awaitTermination(5, TimeUnit.MINUTES)).isTrue();
      }
      Awaitility.await()
          .untilAsserted(() -> assertThat(hosted.resident()).isLessThanOrEqualTo(residentMax));
      assertThat(hosted.resident()).isPositive();
      for (int a : IntStream.range(0, accountsMax).toArray()) {
        assertThat(standing(hosted, "account-" + a).score()).hasValue(20);
      }
    }
  }

  private static void damage(HostedAccounts hosted, UnaryOperator<byte[]> damage)
      throws SQLException {
    try (Connection connection = hosted.database().dataSource().getConnection();
        PreparedStatement select =
            connection.prepareStatement("SELECT \"snapshot_payload\" FROM \"snapshot\"");
        ResultSet row = select.executeQuery();
        PreparedStatement update =
            connection.prepareStatement("UPDATE \"snapshot\" SET \"snapshot_payload\" = ?")) {
      row.next();
      update.setBytes(1, damage.apply(row.getBytes(1)));
      assertThat(update.executeUpdate()).isPositive();
    }
  }

  private static byte[] unknownFacts(byte[] snapshot) {
    try {
      CBORMapper mapper = new CBORMapper();
      ObjectNode tree = (ObjectNode) mapper.readTree(snapshot);
      return mapper.writeValueAsBytes(tree.put("facts", new byte[] {99}));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long count(HostedAccounts hosted, String sql) throws SQLException {
    try (Connection connection = hosted.database().dataSource().getConnection();
        PreparedStatement select = connection.prepareStatement(sql);
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void update(HostedAccounts hosted, String sql) throws SQLException {
    try (Connection connection = hosted.database().dataSource().getConnection();
        PreparedStatement update = connection.prepareStatement(sql)) {
      assertThat(update.executeUpdate()).isPositive();
    }
  }
}
