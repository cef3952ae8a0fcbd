package keepwell.journal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/**
 * The connections to the database. None is given while the database is known to be away: whoever
 * asks fails at once, and holds no thread until a time-out.
 */
final class Pool extends HikariDataSource {
  private volatile boolean shut;

  Pool(HikariConfig config) {
    super(config);
  }

  void shut() {
    shut = true;
  }

  /** Gives connections again, none of which was there before. */
  void open() {
    getHikariPoolMXBean().softEvictConnections();
    shut = false;
  }

  boolean isShut() {
    return shut;
  }

  @Override
  public Connection getConnection() throws SQLException {
    if (shut) {
      throw new SQLTransientConnectionException("the database is away");
    }
    return super.getConnection();
  }
}
