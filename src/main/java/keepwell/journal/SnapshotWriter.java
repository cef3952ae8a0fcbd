package keepwell.journal;

import akka.persistence.jdbc.snapshot.dao.SnapshotTables.SnapshotRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores snapshots, those of a while in one transaction. Nobody waits for them: an account whose
 * last snapshot was not stored is recovered from the one before it, and from more of its events. Of
 * an account only the last is kept.
 */
public final class SnapshotWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotWriter.class);

  /** How long one waits for others to come. */
  private static final Duration GATHERING = Duration.ofMillis(200);

  /** Of what waits. More is left out: the database is slow, and has better things to do. */
  static final long BYTES_MAX = 32 << 20;

  private static final Duration LAST_WRITE_MAX = Duration.ofSeconds(5);

  private static final String DELETE =
      "DELETE FROM \"snapshot\" WHERE \"persistence_id\" = ? AND \"sequence_number\" <= ?";

  private static final String INSERT =
      "INSERT INTO \"snapshot\" (\"persistence_id\", \"sequence_number\", \"created\","
          + " \"snapshot_ser_id\", \"snapshot_ser_manifest\", \"snapshot_payload\")"
          + " VALUES (?, ?, ?, ?, ?, ?)";

  private final DataSource connections;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(SnapshotWriter::thread);

  /** By persistence id. */
  private Map<String, SnapshotRow> waiting = new LinkedHashMap<>();

  private long bytes;

  SnapshotWriter(DataSource connections) {
    this.connections = connections;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "keepwell-snapshots");
    thread.setDaemon(true);
    return thread;
  }

  /** Stores one soon, in place of all before it. */
  synchronized void add(SnapshotRow snapshot) {
    SnapshotRow before = waiting.get(snapshot.persistenceId());
    long more = length(snapshot) - (before == null ? 0 : length(before));
    if (bytes + more > BYTES_MAX || thread.isShutdown()) {
      return;
    }
    if (waiting.isEmpty()) {
      var unused = thread.schedule(this::write, GATHERING.toMillis(), TimeUnit.MILLISECONDS);
    }
    waiting.put(snapshot.persistenceId(), snapshot);
    bytes += more;
  }

  private static long length(SnapshotRow snapshot) {
    return snapshot.snapshotPayload().length;
  }

  private void write() {
    Collection<SnapshotRow> taken = take();
    if (taken.isEmpty()) {
      return;
    }
    try (Connection connection = connections.getConnection()) {
      connection.setAutoCommit(false);
      store(connection, taken);
      connection.commit();
    } catch (SQLException | RuntimeException e) {
      LOG.atWarn().addKeyValue("problem", WriteQueue.problem(e)).log("Snapshots cannot be stored");
    }
  }

  private synchronized Collection<SnapshotRow> take() {
    Collection<SnapshotRow> taken = waiting.values();
    waiting = new LinkedHashMap<>();
    bytes = 0;
    return taken;
  }

  private static void store(Connection connection, Collection<SnapshotRow> snapshots)
      throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(DELETE);
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (SnapshotRow snapshot : snapshots) {
        delete.setString(1, snapshot.persistenceId());
        delete.setLong(2, snapshot.sequenceNumber());
        delete.addBatch();
        insert.setString(1, snapshot.persistenceId());
        insert.setLong(2, snapshot.sequenceNumber());
        insert.setLong(3, snapshot.created());
        insert.setInt(4, snapshot.snapshotSerId());
        insert.setString(5, snapshot.snapshotSerManifest());
        insert.setBytes(6, snapshot.snapshotPayload());
        insert.addBatch();
      }
      delete.executeBatch();
      insert.executeBatch();
    }
  }

  /** Waits until all that was added before has been stored, or has failed. */
  public void flush() {
    CompletableFuture.runAsync(this::write, thread).join();
  }

  /** Ends it, once it has stored what waits. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(LAST_WRITE_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.atWarn().log("Snapshots are still being stored");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
