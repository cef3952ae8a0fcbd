package keepwell.playbook;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Accounts that do not answer: they are left alone for a while, as others wait behind them. */
final class Unanswered {
  private static final Duration LEFT_ALONE = Duration.ofMinutes(1);

  private final InstantSource realClock;
  private final Map<String, Instant> until = new HashMap<>();

  Unanswered(InstantSource realClock) {
    this.realClock = realClock;
  }

  void add(String persistenceId) {
    until.put(persistenceId, realClock.instant().plus(LEFT_ALONE));
  }

  /** Their persistence ids, for a query. */
  Array ids(Connection connection) throws SQLException {
    Instant now = realClock.instant();
    until.values().removeIf(end -> !end.isAfter(now));
    return connection.createArrayOf("varchar", until.keySet().toArray());
  }
}
