package keepwell.journal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one database of an installation, PostgreSQL or an embedded H2, with its schema up to date and
 * one pool of connections for everybody. What differs between the two is here.
 */
public final class Database implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);

  /** A pool that gives up late would hold up everything behind it. */
  private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(4);

  private static final String EMBEDDED = "jdbc:h2:";

  /** H2 otherwise answers a commit up to half a second before it is in the file. */
  private static final String WRITTEN_AT_ONCE = ";WRITE_DELAY=0";

  /** Keeps an embedded database open; null for another. */
  private final Connection first;

  private final HikariDataSource pool;
  private final Optional<Housekeeping> housekeeping;

  private Database(Connection first, HikariDataSource pool, Optional<Housekeeping> housekeeping) {
    this.first = first;
    this.pool = pool;
    this.housekeeping = housekeeping;
  }

  /** The database cannot be used; the message says why in one line. */
  public static final class UnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreachableException(String url, Exception cause) {
      super("cannot open the database " + url.replaceAll("[?;].*", "") + ": " + oneLine(cause));
    }

    private static String oneLine(Exception cause) {
      return String.valueOf(cause.getMessage()).replaceAll("\\s*\\R.*", "").replaceAll(";.*", "");
    }
  }

  /**
   * An H2 database in a folder. Every commit is written to the file before it is answered, so that
   * a killed process loses nothing; the operating system may still lose it with the power. Closing
   * it takes up to five seconds to make the file small.
   */
  public static String embeddedUrl(Path folder) {
    return "jdbc:h2:file:"
        + folder.toAbsolutePath().resolve("keepwell")
        + WRITTEN_AT_ONCE
        + ";DB_CLOSE_ON_EXIT=FALSE;MAX_COMPACT_TIME=5000";
  }

  /**
   * Opens a database and brings its schema up to date.
   *
   * @throws UnreachableException if it cannot be opened
   */
  public static Database open(String url, String user, String password, int connectionsMax) {
    boolean embedded = url.startsWith(EMBEDDED);
    String safe = embedded && !url.contains(WRITTEN_AT_ONCE) ? url + WRITTEN_AT_ONCE : url;
    Connection first = null;
    try {
      if (embedded) {
        EmbeddedFile.recover(safe);
        first = DriverManager.getConnection(safe, user, password);
      }
      HikariDataSource pool = pool(safe, user, password, connectionsMax, embedded);
      return new Database(
          first,
          pool,
          embedded
              ? Optional.of(Housekeeping.of(first, Housekeeping.RETENTION))
              : Optional.empty());
    } catch (SQLException | FlywayException e) {
      close(first);
      throw new UnreachableException(url, e);
    }
  }

  private static HikariDataSource pool(
      String url, String user, String password, int connectionsMax, boolean embedded) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setUsername(user);
    config.setPassword(password);
    config.setPoolName("keepwell");
    config.setMaximumPoolSize(connectionsMax);
    config.setConnectionTimeout(CONNECTION_TIMEOUT.toMillis());
    if (!embedded) {
      config.addDataSourceProperty("reWriteBatchedInserts", "true");
    }
    HikariDataSource pool = new HikariDataSource(config);
    try {
      Flyway.configure().dataSource(pool).locations("classpath:schema").load().migrate();
      return pool;
    } catch (FlywayException e) {
      pool.close();
      throw e;
    }
  }

  public DataSource dataSource() {
    return pool;
  }

  /** Whether it is the embedded H2, which serves a single node. */
  public boolean embedded() {
    return housekeeping.isPresent();
  }

  /**
   * The greatest ordering that was given to an event of the journal, visible or not; 0 for none.
   */
  long lastOrdering(Connection connection) throws SQLException {
    String select =
        embedded()
            ? "SELECT COALESCE(MAX(\"ordering\"), 0) FROM \"event_journal\""
            : "SELECT CASE WHEN is_called THEN last_value ELSE 0 END"
                + " FROM \"event_journal_ordering_seq\"";
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(select)) {
      row.next();
      return row.getLong(1);
    }
  }

  /**
   * The transactions under way that were given an ordering: in PostgreSQL, who takes a number from
   * a sequence holds a lock on it until the transaction has ended and is seen by others. (The
   * sequence must not have a cache.) The embedded database has one writer, which gives an ordering
   * only after the one before can be seen: {@link JournalDatabase#ONE_WRITER}.
   */
  Set<String> journalWriters(Connection connection) throws SQLException {
    Set<String> writers = new HashSet<>();
    if (!embedded()) {
      try (Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery(
                  "SELECT virtualtransaction FROM pg_locks WHERE locktype = 'relation'"
                      + " AND database = (SELECT oid FROM pg_database"
                      + " WHERE datname = current_database())"
                      + " AND relation = '\"event_journal_ordering_seq\"'::regclass"
                      + " AND mode = 'RowExclusiveLock' AND granted")) {
        while (rows.next()) {
          writers.add(rows.getString(1));
        }
      }
    }
    return writers;
  }

  /** Whether it answers. */
  public boolean reachable() {
    try (Connection connection = pool.getConnection()) {
      return connection.isValid((int) CONNECTION_TIMEOUT.toSeconds());
    } catch (SQLException e) {
      LOG.atWarn().addKeyValue("problem", e.getMessage()).log("Database does not answer");
      return false;
    }
  }

  @Override
  public void close() {
    housekeeping.ifPresent(Housekeeping::close);
    pool.close();
    close(first);
  }

  private static void close(Connection connection) {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        LOG.atWarn().addKeyValue("problem", e.getMessage()).log("Connection not closed");
      }
    }
  }
}
