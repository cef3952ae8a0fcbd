package keepwell.portfolio;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import keepwell.health.AccountEvent.AccountErased;
import keepwell.health.AccountEvent.SignalsRecorded;
import keepwell.health.Signal;
import keepwell.journal.Database;
import keepwell.journal.JournalFollower;
import keepwell.journal.JournalFollower.Entry;

/**
 * The signals that accounts have sent, as the journal has them. However many there are, only the
 * events that were stored last are looked at.
 */
public final class SignalLog {
  private static final int EVENTS_MAX = 500;

  /** One event may hold a thousand. */
  private static final int SIGNALS_MAX = 20_000;

  private static final int AT_A_TIME = 50;

  private final Database database;
  private final JournalFollower journal;

  /**
   * Some signals of an account.
   *
   * @param signals by when they happened, the latest first
   * @param all whether every signal that the account ever sent was looked at
   */
  public record Found(List<Signal> signals, boolean all) {}

  SignalLog(Database database, JournalFollower journal) {
    this.database = database;
    this.journal = journal;
  }

  /**
   * The latest signals of an account, by when they happened, among those that were stored last.
   * There are none from before an erasure.
   *
   * @param which of them are asked for
   */
  public Found latest(String persistenceId, Predicate<Signal> which, int limit)
      throws SQLException {
    List<Signal> found = new ArrayList<>();
    long before = Long.MAX_VALUE;
    int seen = 0;
    try (Connection connection = database.dataSource().getConnection()) {
      for (int events = 0; events < EVENTS_MAX && seen < SIGNALS_MAX; events += AT_A_TIME) {
        List<Entry> entries = journal.latest(connection, persistenceId, before, AT_A_TIME);
        for (Entry entry : entries) {
          if (entry.event() instanceof AccountErased) {
            return new Found(kept(found, limit), true);
          }
          if (entry.event() instanceof SignalsRecorded recorded) {
            seen += recorded.signals().size();
            found.addAll(recorded.signals().stream().filter(which).toList());
          }
          before = entry.sequenceNumber();
        }
        found = kept(found, limit);
        if (entries.size() < AT_A_TIME || before <= 1) {
          return new Found(found, true);
        }
      }
    }
    return new Found(found, false);
  }

  private static List<Signal> kept(List<Signal> signals, int limit) {
    return signals.stream()
        .sorted(Comparator.comparing(Signal::at).reversed())
        .limit(limit)
        .collect(Collectors.toCollection(ArrayList::new));
  }
}
