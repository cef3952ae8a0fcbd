package keepwell.journal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
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

  private final HikariDataSource pool;
  private final boolean embedded;

  private Database(HikariDataSource pool, boolean embedded) {
    this.pool = pool;
    this.embedded = embedded;
  }

  /** The database cannot be used; the message says why in one line. */
  public static final class UnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreachableException(String url, SQLException cause) {
      super("cannot open the database " + url.replaceAll("[?;].*", "") + ": " + oneLine(cause));
    }

    private static String oneLine(SQLException cause) {
      return String.valueOf(cause.getMessage()).replaceAll("\\s*\\R.*", "").replaceAll(";.*", "");
    }
  }

  /**
   * An H2 database in a folder. Every commit is written to the file before it is answered (H2's own
   * default is half a second late), so that a killed process loses nothing; the operating system
   * may still lose it with the power. Closing it takes up to five seconds to make the file small.
   */
  public static String embeddedUrl(Path folder) {
    return "jdbc:h2:file:"
        + folder.toAbsolutePath().resolve("keepwell")
        + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;MAX_COMPACT_TIME=5000";
  }

  /**
   * Opens a database and brings its schema up to date.
   *
   * @throws UnreachableException if it cannot be opened
   */
  public static Database open(String url, String user, String password, int connectionsMax) {
    try {
      DriverManager.getConnection(url, user, password).close();
    } catch (SQLException e) {
      throw new UnreachableException(url, e);
    }
    boolean embedded = url.startsWith("jdbc:h2:");
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
    Flyway.configure()
        .dataSource(pool)
        .locations("classpath:schema")
        .placeholders(Map.of("bytes", embedded ? "BLOB" : "BYTEA"))
        .load()
        .migrate();
    return new Database(pool, embedded);
  }

  public DataSource dataSource() {
    return pool;
  }

  /** Whether it is the embedded H2, which serves a single node. */
  public boolean embedded() {
    return embedded;
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
    pool.close();
  }
}
