package keepwell.journal;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.javadsl.Adapter;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import akka.serialization.SerializerWithStringManifest;
import com.typesafe.config.ConfigFactory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import keepwell.health.AccountEvent;

/** Writes events into a journal as the plugin would, in transactions of the test's own. */
public final class TestJournal implements AutoCloseable {
  private final ActorTestKit kit =
      ActorTestKit.create(
          ConfigFactory.parseString("akka.actor.provider = local")
              .withFallback(ConfigFactory.load()));
  private final Serialization serialization =
      SerializationExtension.get(Adapter.toClassic(kit.system()));
  private final AtomicLong sequence = new AtomicLong();

  public JournalFollower follower(Database database) {
    return new JournalFollower(database, serialization);
  }

  public Erasure erasure() {
    return new Erasure(serialization);
  }

  /** Commits some events at once. */
  public void append(Database database, AccountEvent... events) throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      for (AccountEvent event : events) {
        insert(connection, event);
      }
      connection.commit();
    }
  }

  /**
   * Stores the next events of an account as the server does, with their tags.
   *
   * @param stored how many it has already
   */
  public void store(Database database, String account, long stored, List<AccountEvent> events) {
    List<JournalRow> rows = new ArrayList<>();
    for (AccountEvent event : events) {
      long number = stored + rows.size() + 1;
      rows.add(
          event.changesListing()
              ? row(account, number, event, Projection.LISTED)
              : row(account, number, event));
    }
    if (!rows.isEmpty() && !JournalWriterTest.isStored(database.writes().add(rows))) {
      throw new IllegalStateException("not stored");
    }
  }

  /** Writes an event, for the owner of the connection to commit. */
  public void insert(Connection connection, AccountEvent event) throws SQLException {
    var serializer = (SerializerWithStringManifest) serialization.findSerializerFor(event);
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO "event_journal" ("persistence_id", "sequence_number", "writer",
              "event_ser_id", "event_ser_manifest", "event_payload")
            VALUES ('account-test', ?, 'test', ?, ?, ?)
            """)) {
      insert.setLong(1, sequence.incrementAndGet());
      insert.setInt(2, serializer.identifier());
      insert.setString(3, serializer.manifest(event));
      insert.setBytes(4, serializer.toBinary(event));
      insert.executeUpdate();
    }
  }

  /** An event as the plugin hands it on to be stored. */
  JournalRow row(String account, long sequenceNumber, AccountEvent event, String... tags) {
    var serializer = (SerializerWithStringManifest) serialization.findSerializerFor(event);
    return Rows.row(
        account,
        sequenceNumber,
        serializer.toBinary(event),
        serializer.identifier(),
        serializer.manifest(event),
        tags);
  }

  @Override
  public void close() {
    kit.shutdownTestKit();
  }
}
