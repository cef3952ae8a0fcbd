package keepwell.comparison;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import keepwell.journal.Database;

/** Takes the place of the next event of an account, as a second incarnation of it would. */
final class Conflicts implements AutoCloseable {
  private static final String CONFLICT = "23";

  private final Database database;
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final AtomicLong made = new AtomicLong();

  Conflicts(Database database) {
    this.database = database;
  }

  /** Makes one, soon. */
  void make() {
    thread.execute(
        () -> {
          try (Connection connection = database.dataSource().getConnection();
              PreparedStatement insert =
                  connection.prepareStatement(
                      """
                      INSERT INTO "event_journal" ("persistence_id", "sequence_number", "writer",
                        "write_timestamp", "adapter_manifest", "event_ser_id",
                        "event_ser_manifest", "event_payload")
                      SELECT "persistence_id", "sequence_number" + 1, "writer", "write_timestamp",
                        "adapter_manifest", "event_ser_id", "event_ser_manifest", "event_payload"
                      FROM "event_journal"
                      WHERE "ordering" = (SELECT MAX("ordering") FROM "event_journal")
                      """)) {
            made.addAndGet(insert.executeUpdate());
          } catch (SQLException e) {
            if (!e.getSQLState().startsWith(CONFLICT)) { // the account was quicker
              throw new IllegalStateException(e);
            }
          }
        });
  }

  long made() {
    return made.get();
  }

  @Override
  public void close() {
    thread.shutdown();
  }
}
