package keepwell.comparison;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import keepwell.journal.Database;

/** Takes the place of the next event of an account, as a second incarnation of it would. */
final class Conflicts implements AutoCloseable {
  private static final String CONFLICT = "23";

  private final Database database;
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final Set<String> accounts = ConcurrentHashMap.newKeySet();

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
                      RETURNING "persistence_id"
                      """);
              ResultSet made = insert.executeQuery()) {
            while (made.next()) {
              accounts.add(made.getString(1));
            }
          } catch (SQLException e) {
            if (!e.getSQLState().startsWith(CONFLICT)) { // the account was quicker
              throw new IllegalStateException(e);
            }
          }
        });
  }

  /** The persistence ids of those whose next event could not be stored, once all are made. */
  Set<String> accounts() throws InterruptedException {
    thread.shutdown();
    thread.awaitTermination(1, TimeUnit.MINUTES);
    return accounts;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
