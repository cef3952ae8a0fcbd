package keepwell.journal;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What is fixed at the first start of an installation and shared by all of its nodes.
 *
 * @param zone whose days are scored
 * @param origin the real time at which product time began to run
 * @param start product time at that instant
 * @param speed product seconds for each real second
 * @param secret keys the hashes of ids; 32 bytes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Installation(
    ZoneId zone, Instant origin, Instant start, double speed, byte[] secret) {
  private static final int SECRET_BYTES = 32;

  /** A proposal for the first start. */
  public static Installation proposed(
      ZoneId zone, Instant now, Optional<Instant> start, double speed) {
    byte[] secret = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    Instant origin = now.truncatedTo(ChronoUnit.MILLIS);
    return new Installation(
        zone, origin, start.orElse(origin).truncatedTo(ChronoUnit.MILLIS), speed, secret);
  }

  /** Stores a proposal if this is the first start, and returns what is stored. */
  public static Installation settle(Database database, Installation proposed) throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      Optional<Installation> stored = load(connection);
      if (stored.isPresent()) {
        return stored.get();
      }
      try {
        proposed.store(connection);
      } catch (SQLException e) {
        return load(connection).orElseThrow(() -> e); // another node was first
      }
      return load(connection).orElseThrow();
    }
  }

  private static Optional<Installation> load(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT \"zone\", \"clock_origin\", \"clock_start\", \"clock_speed\", \"secret\""
                    + " FROM \"installation\"");
        ResultSet row = select.executeQuery()) {
      return row.next()
          ? Optional.of(
              new Installation(
                  ZoneId.of(row.getString(1)),
                  Instant.ofEpochMilli(row.getLong(2)),
                  Instant.ofEpochMilli(row.getLong(3)),
                  row.getDouble(4),
                  row.getBytes(5)))
          : Optional.empty();
    }
  }

  private void store(Connection connection) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO \"installation\" VALUES (1, ?, ?, ?, ?, ?)")) {
      insert.setString(1, zone.getId());
      insert.setLong(2, origin.toEpochMilli());
      insert.setLong(3, start.toEpochMilli());
      insert.setDouble(4, speed);
      insert.setBytes(5, secret);
      insert.executeUpdate();
    }
  }

  /** Product time, made of real time; to the millisecond, as it is stored. */
  public InstantSource productClock(InstantSource real) {
    return () -> {
      long elapsed = Duration.between(origin, real.instant()).toMillis();
      return start.plusMillis(speed == 1 ? elapsed : Math.round(elapsed * speed));
    };
  }
}
