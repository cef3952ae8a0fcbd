package keepwell.comparison;

import akka.actor.ActorSystem;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.ConfigFactory;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import keepwell.account.Fingerprint;
import keepwell.account.JournalId;
import keepwell.health.Account;
import keepwell.health.AccountEvent.SignalsRecorded;
import keepwell.health.AccountEvent.StandingPublished;
import keepwell.health.TypicalAccount;
import keepwell.journal.Database;
import keepwell.journal.Installation;
import keepwell.journal.Seal;

/**
 * Puts typical accounts into a new database: their snapshots, the events since, and how they are
 * listed. The first of them are those that {@link Requests} have signals of.
 */
final class Sleepers {
  private static final int DIFFERENT = 1_024;
  private static final int BATCH = 500;
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String SNAPSHOT =
      """
      INSERT INTO "snapshot" ("persistence_id", "sequence_number", "created", "snapshot_ser_id",
        "snapshot_ser_manifest", "snapshot_payload") VALUES (?, 200, 0, ?, ?, ?)
      """;

  /**
   * One of each account, so that those of an account are far from each other; in order, as an index
   * takes them fastest.
   */
  private static final String EVENT =
      """
      INSERT INTO "event_journal" ("persistence_id", "sequence_number", "writer", "write_timestamp",
        "adapter_manifest", "event_ser_id", "event_ser_manifest", "event_payload")
      SELECT "persistence_id", ?, 'sleepers', 0, '', ?, ?, ? FROM "snapshot"
      ORDER BY 1
      """;

  private static final String STANDING =
      """
      INSERT INTO "standing" ("persistence_id", "account", "name", "owner", "segment", "labels",
        "tier", "score", "trend7", "trend30", "loss", "arr", "review_on", "published_at")
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String BANDS =
      """
      INSERT INTO "band" ("group", "tier", "accounts", "arr", "dimension", "value")
      SELECT "group", "tier", count(*), sum("arr"), "dimension", coalesce("labels"::json ->> "dimension", '')
      FROM "standing", LATERAL (VALUES ('', ''), ("owner", 'owner'), ("segment", 'segment'))
        "groups" ("group", "dimension")
      GROUP BY 1, 2, 5, 6
      """;

  private final Database database;
  private final Fingerprint fingerprint;
  private final Seal seal;
  private final List<TypicalAccount> different =
      IntStream.range(0, DIFFERENT).mapToObj(TypicalAccount::ofLatest).toList();

  Sleepers(Database database, Installation installation) {
    this.database = database;
    this.fingerprint = new Fingerprint(installation.secret());
    this.seal = new Seal(installation.secret());
  }

  /**
   * @param since how many events each has had since its snapshot, of one signal each
   */
  void store(int count, int since) throws SQLException {
    ActorSystem system =
        ActorSystem.create(
            "sleepers",
            ConfigFactory.parseString("akka.actor.provider = local")
                .withFallback(ConfigFactory.load()));
    Serialization serialization = SerializationExtension.get(system);
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement snapshots = connection.prepareStatement(SNAPSHOT);
        PreparedStatement events = connection.prepareStatement(EVENT);
        PreparedStatement standings = connection.prepareStatement(STANDING);
        Statement bands = connection.createStatement()) {
      Stored.waitForever(connection);
      for (int i = 0; i < count; i++) {
        TypicalAccount account = different.get(i % DIFFERENT);
        String name = "account-" + i;
        add(snapshots, name, account.due(name), serialization);
        add(standings, name, account);
        if (i % BATCH == BATCH - 1 || i == count - 1) {
          snapshots.executeBatch();
          standings.executeBatch();
        }
      }
      List<SignalsRecorded> next = different.get(0).next(since);
      for (int i = 0; i < since; i++) {
        store(events, 201 + i, next.get(i), serialization);
      }
      bands.execute(BANDS);
    } finally {
      system.terminate();
    }
  }

  private void add(
      PreparedStatement snapshots, String name, Account.Parts parts, Serialization serialization)
      throws SQLException {
    snapshots.setString(1, JournalId.of(name, fingerprint));
    snapshots.setInt(2, serialization.findSerializerFor(parts).identifier());
    snapshots.setString(3, Account.Parts.class.getName());
    snapshots.setBytes(4, serialization.serialize(parts).get());
    snapshots.addBatch();
  }

  private static void store(
      PreparedStatement events,
      int sequenceNumber,
      SignalsRecorded event,
      Serialization serialization)
      throws SQLException {
    events.setInt(1, sequenceNumber);
    events.setInt(2, serialization.findSerializerFor(event).identifier());
    events.setString(3, event.getClass().getName());
    events.setBytes(4, serialization.serialize(event).get());
    events.executeUpdate();
  }

  private void add(PreparedStatement standings, String name, TypicalAccount account)
      throws SQLException {
    StandingPublished published = account.published();
    String called = account.labels().get("name");
    List<Object> row =
        List.of(
            JournalId.of(name, fingerprint),
            name.getBytes(StandardCharsets.UTF_8),
            called.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8),
            group(account, "owner"),
            group(account, "segment"),
            json(account.labels()),
            account.tier(),
            published.score().orElseThrow(),
            published.trend7().orElseThrow(),
            published.trend30().orElseThrow(),
            json(published.loss().orElseThrow()),
            published.arr().orElseThrow(),
            TypicalAccount.days().of(TypicalAccount.latest()),
            published.at().toEpochMilli());
    for (int i = 0; i < row.size(); i++) {
      standings.setObject(i + 1, row.get(i));
    }
    standings.addBatch();
  }

  private String group(TypicalAccount account, String label) {
    return seal.key(label + "/" + account.labels().get(label));
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
