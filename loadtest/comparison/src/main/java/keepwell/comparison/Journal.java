package keepwell.comparison;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import keepwell.journal.Database;

/** The raw limit: JDBC batches into the table of the journal, by two connections. */
final class Journal {
  private static final String DATABASE = "raw";
  private static final int CONNECTIONS = 2;
  private static final int BATCH = 128;

  /** As large as an event with a signal. */
  private static final byte[] PAYLOAD = new byte[200];

  private final Postgres postgres;
  private long sequenceNumber;

  Journal(Postgres postgres) throws IOException {
    this.postgres = postgres;
    postgres.create(DATABASE);
    Database.open(postgres.url(DATABASE), postgres.user(), "", 2).close(); // makes the tables
    new Random(6).nextBytes(PAYLOAD);
  }

  /** Rows a second. */
  double run(int seconds) {
    LongAdder rows = new LongAdder();
    long start = System.nanoTime();
    long end = start + seconds * 1_000_000_000L;
    List<CompletableFuture<Void>> writers =
        IntStream.range(0, CONNECTIONS)
            .mapToObj(i -> CompletableFuture.runAsync(() -> write(i, end, rows)))
            .toList();
    writers.forEach(CompletableFuture::join);
    return rows.sum() * 1e9 / (System.nanoTime() - start);
  }

  private synchronized long nextBatch() {
    return sequenceNumber++;
  }

  private void write(int writer, long end, LongAdder rows) {
    Properties login = new Properties();
    login.setProperty("user", postgres.user());
    login.setProperty("reWriteBatchedInserts", "true");
    Random random = new Random(writer);
    try (Connection connection = DriverManager.getConnection(postgres.url(DATABASE), login);
        PreparedStatement insert =
            connection.prepareStatement(
                """
                INSERT INTO "event_journal" ("persistence_id", "sequence_number", "writer",
                  "write_timestamp", "adapter_manifest", "event_ser_id", "event_ser_manifest",
                  "event_payload") VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """)) {
      connection.setAutoCommit(false);
      while (System.nanoTime() < end) {
        long batch = nextBatch(); // no account twice in one, so no key twice
        random
            .ints(0, Requests.ACCOUNTS)
            .distinct()
            .limit(BATCH)
            .forEach(account -> add(insert, account, batch));
        insert.executeBatch();
        connection.commit();
        rows.add(BATCH);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void add(PreparedStatement insert, int account, long sequenceNumber) {
    try {
      insert.setString(1, "account-6zmJ2jSQp7o3Wn" + account);
      insert.setLong(2, sequenceNumber);
      insert.setString(3, "0b7a1c52-9a2c-4c0e-8a53-6f9d0f3e7b11");
      insert.setLong(4, 1_700_000_000_000L);
      insert.setString(5, "");
      insert.setInt(6, 33);
      insert.setString(7, "keepwell.health.AccountEvent$SignalsRecorded");
      insert.setBytes(8, PAYLOAD);
      insert.addBatch();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
