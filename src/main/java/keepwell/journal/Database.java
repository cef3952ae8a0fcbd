package keepwell.journal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.sql.DataSource;
import org.postgresql.PGStatement;
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

  /** A commit may take five seconds; who does not answer at all must not hold a thread for ever. */
  private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(20);

  /** Whether the database is there must be known sooner. */
  private static final Duration PULSE_TIMEOUT = Duration.ofSeconds(2);

  /**
   * A node that stands still in the middle of a transaction must not hold its locks longer: others
   * wait for them.
   */
  private static final Duration IDLE_IN_TRANSACTION_MAX = Duration.ofSeconds(10);

  /** While one waits for its commit, the other gathers. */
  static final int WRITERS = 2;

  /** So that events become visible in the order of their ordering: {@link #journalWriters}. */
  private static final int ONE_WRITER = 1;

  private static final String EMBEDDED = "jdbc:h2:";

  /** H2 otherwise answers a commit up to half a second before it is in the file. */
  private static final String WRITTEN_AT_ONCE = ";WRITE_DELAY=0";

  /**
   * H2 otherwise writes failures to a file beside the database, with the values of the rows that
   * they are about: nothing would erase those.
   */
  private static final String NOT_TRACED = ";TRACE_LEVEL_FILE=0";

  private final boolean embedded;
  private final Pulse pulse;
  private final Pool pool;
  private final WriteQueue writes = new WriteQueue(System::nanoTime);
  private final JournalWriter writer;
  private final SnapshotWriter snapshots;

  private Database(boolean embedded, Pulse pulse, Pool pool) {
    this.embedded = embedded;
    this.pulse = pulse;
    this.pool = pool;
    this.writer =
        embedded
            ? new JournalWriter(writes, pool, new EmbeddedInsert(), ONE_WRITER)
            : new JournalWriter(writes, pool, new PostgresInsert(), WRITERS);
    this.snapshots = new SnapshotWriter(pool);
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
    // H2 takes a setting twice if it is the same.
    String told = embedded ? url + WRITTEN_AT_ONCE + NOT_TRACED + EmbeddedFile.LISTENING : url;
    Pulse pulse = null;
    try {
      Properties login = login(user, password, embedded, PULSE_TIMEOUT);
      pulse =
          new Pulse(
              () -> DriverManager.getConnection(told, login),
              embedded ? EmbeddedFile.of(url) : Optional.empty());
      Schema.migrate(told, user, password, embedded);
      Pool pool = new Pool(pool(told, user, password, connectionsMax, embedded));
      pulse.watch(pool);
      return new Database(embedded, pulse, pool);
    } catch (SQLException | PoolInitializationException e) {
      if (pulse != null) {
        pulse.close();
      }
      throw new UnreachableException(url, e);
    }
  }

  private static HikariConfig pool(
      String url, String user, String password, int connectionsMax, boolean embedded) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setPoolName("keepwell");
    config.setMaximumPoolSize(connectionsMax);
    config.setConnectionTimeout(CONNECTION_TIMEOUT.toMillis());
    config.setValidationTimeout(PULSE_TIMEOUT.toMillis());
    config.setDataSourceProperties(login(user, password, embedded, SOCKET_TIMEOUT));
    return config;
  }

  /** What a connection is made with; parameters of the URL come before these. */
  private static Properties login(
      String user, String password, boolean embedded, Duration answerMax) {
    Properties login = new Properties();
    login.setProperty("user", user);
    login.setProperty("password", password);
    if (!embedded) {
      login.setProperty("reWriteBatchedInserts", "true");
      // The message of a failed batch otherwise has the rows in it, and is logged.
      login.setProperty("logServerErrorDetail", "false");
      login.setProperty("tcpKeepAlive", "true");
      login.setProperty("connectTimeout", Long.toString(PULSE_TIMEOUT.toSeconds()));
      login.setProperty("socketTimeout", Long.toString(answerMax.toSeconds()));
      login.setProperty(
          "options",
          "-c idle_in_transaction_session_timeout=" + IDLE_IN_TRANSACTION_MAX.toMillis());
    }
    return login;
  }

  public DataSource dataSource() {
    return pool;
  }

  /** Whether it is the embedded H2, which serves a single node. */
  public boolean embedded() {
    return embedded;
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
   * only after the one before can be seen.
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

  /**
   * Makes what was deleted or overwritten by commits before the call disappear from the files of
   * the embedded database, while it stays in use. Keys of an index may stay, so what must be
   * forgotten must not be indexed. Who looks after a PostgreSQL looks after its files too.
   *
   * @return done when it is found nowhere any more
   */
  public CompletionStage<Void> forget() {
    return embedded ? pulse.forget() : CompletableFuture.completedStage(null);
  }

  /**
   * Whether it is known not to answer. Learnt within a few seconds, and so is that it is back;
   * asked without waiting.
   */
  public boolean isAway() {
    return pool.isShut();
  }

  /** What waits to be written to the journal. */
  public WriteQueue writes() {
    return writes;
  }

  /** Lets it be told how it does. */
  public void measure(MeterRegistry meters) {
    writes.measure(meters);
    pool.setMetricRegistry(meters);
    Gauge.builder("keepwell.database.away", () -> isAway() ? 1 : 0)
        .description("Whether the database does not answer")
        .register(meters);
  }

  /** What stores snapshots. */
  public SnapshotWriter snapshots() {
    return snapshots;
  }

  @Override
  public void close() {
    writer.close();
    snapshots.close();
    pool.close();
    pulse.close();
  }

  /**
   * A statement that is planned with its values: how many rows each meets decides by which index
   * they are best read. PostgreSQL would otherwise take one plan for all values after some time.
   */
  public static PreparedStatement planned(Connection connection, String sql) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    if (statement.isWrapperFor(PGStatement.class)) {
      statement.unwrap(PGStatement.class).setPrepareThreshold(0);
    }
    return statement;
  }

  static void close(Connection connection) {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        LOG.atWarn().addKeyValue("problem", e.getMessage()).log("Connection not closed");
      }
    }
  }
}
