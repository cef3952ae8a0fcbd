package keepwell.journal;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** The databases that Keepwell runs on, for what must hold on each. */
public enum TestDatabase {
  EMBEDDED {
    @Override
    public String url(Path data) {
      return Database.embeddedUrl(data);
    }
  },
  POSTGRESQL {
    @Override
    public String url(Path data) {
      return Server.freshDatabase();
    }
  };

  private static final int CONNECTIONS = 12;

  /** One for all tests; it ends with the JVM. */
  private static final class Server {
    private static final EmbeddedPostgres POSTGRES = start();
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder().setPGStartupWait(Duration.ofMinutes(1)).start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static String freshDatabase() {
      String name = "keepwell_" + DATABASES.incrementAndGet();
      try (Connection connection = POSTGRES.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE DATABASE " + name);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
      return POSTGRES.getJdbcUrl("postgres", name);
    }
  }

  /** Where the PostgreSQL is. */
  public static int postgresPort() {
    return Server.POSTGRES.getPort();
  }

  /** Of a new database in the PostgreSQL, which is reached by another port. */
  public static String throughPort(int port) {
    return POSTGRESQL.url(null).replace(":" + postgresPort() + "/", ":" + port + "/");
  }

  /** Of a new database; an embedded one is in a folder. */
  public abstract String url(Path data);

  /** A new database. */
  public Database open(Path data) {
    return Database.open(url(data), "", "", CONNECTIONS);
  }
}
