package keepwell.journal;

import java.sql.SQLException;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;

/** The tables of a database; {@code conf/schema} has the migrations. */
final class Schema {
  /** What an index of {@code standing} has besides its key. */
  private static final String FILTERS =
      "INCLUDE (\"persistence_id\", \"tier\", \"owner\", \"segment\", \"parent\", \"closed_at\","
          + " \"score\", \"renewal_on\")";

  /** Of deliveries: most have ended. */
  private static final String WAITING = "WHERE \"due_at\" IS NOT NULL";

  private Schema() {}

  /**
   * Brings the tables up to date, or makes them.
   *
   * @throws SQLException also if they are those of a newer release, which may mean other things by
   *     the same rows, or not all Keepwell's
   */
  static void migrate(String url, String user, String password, boolean embedded)
      throws SQLException {
    try {
      // On a connection without time-outs: a migration takes as long as it takes.
      Flyway flyway =
          Flyway.configure()
              .dataSource(url, user, password)
              .locations("classpath:schema")
              .placeholders(
                  Map.of(
                      "lists",
                      embedded ? "-- " : "",
                      "filters",
                      FILTERS,
                      "waiting",
                      embedded ? "" : WAITING))
              .load();
      MigrationInfo current = flyway.info().current(); // a migration itself would only warn
      if (current != null && !current.getState().isResolved()) {
        throw new SQLException(
            "a newer release of Keepwell has used it, schema version " + current.getVersion());
      }
      flyway.migrate();
    } catch (FlywayException e) {
      throw refusal(e);
    }
  }

  private static SQLException refusal(FlywayException e) {
    if (e.getErrorCode() == CoreErrorCode.NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE) {
      return new SQLException("it has tables that are not Keepwell's", e);
    }
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return sql; // says more than the migration that met it
      }
    }
    return new SQLException(e.getMessage(), e);
  }
}
