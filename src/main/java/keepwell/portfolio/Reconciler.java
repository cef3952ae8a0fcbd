package keepwell.portfolio;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import keepwell.health.AccountEvent.AccountErased;
import keepwell.health.AccountEvent.OutcomeRecorded;
import keepwell.health.Days;
import keepwell.journal.Database;
import keepwell.journal.JournalFollower;
import keepwell.journal.JournalFollower.Entry;
import keepwell.journal.Offset;
import keepwell.journal.Seal;

/**
 * Compares, account by account, how it is listed, what became of it and what the feed tells of it
 * with the events in the journal, whatever their tags; and then the sums with both. It may run
 * beside nodes: what they have not followed yet is not looked at, and they follow no further while
 * some accounts are.
 */
public final class Reconciler {
  private static final int AT_A_TIME = 200;

  /** How many differences are told one by one. */
  public static final int TOLD_MAX = 100;

  private final Database database;
  private final JournalFollower journal;
  private final Seal seal;
  private final TierChanges changes;
  private final Days days;
  private final boolean repair;
  private final List<String> told = new ArrayList<>();
  private long accounts;
  private long fed;
  private long differences;

  /**
   * What was found.
   *
   * @param accounts that were compared
   * @param changes that the feed has of them
   * @param differences accounts and sums that were not as the journal has them
   * @param told the first of these, in words
   */
  public record Report(long accounts, long changes, long differences, List<String> told) {}

  /**
   * @param repair whether what differs is made as the journal has it
   */
  public Reconciler(
      Database database, JournalFollower journal, Seal seal, Days days, boolean repair) {
    this.database = database;
    this.journal = journal;
    this.seal = seal;
    this.changes = new TierChanges(seal);
    this.days = days;
    this.repair = repair;
  }

  public Report reconcile() throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      List<String> some = next(connection, "");
      while (!some.isEmpty()) {
        compare(connection, some);
        some = next(connection, some.get(some.size() - 1));
      }
      List<String> strays = strays(connection);
      for (int from = 0; from < strays.size(); from += AT_A_TIME) {
        compare(connection, strays.subList(from, Math.min(from + AT_A_TIME, strays.size())));
      }
      compareSums(connection);
    }
    return new Report(accounts, fed, differences, told);
  }

  private static List<String> next(Connection connection, String after) throws SQLException {
    return texts(
        connection,
        "SELECT DISTINCT \"persistence_id\" FROM \"event_journal\" WHERE \"persistence_id\" > ?"
            + " ORDER BY \"persistence_id\" LIMIT "
            + AT_A_TIME,
        after);
  }

  /** What the journal knows nothing of. */
  private static List<String> strays(Connection connection) throws SQLException {
    String unknown =
        " t WHERE NOT EXISTS (SELECT 1 FROM \"event_journal\" j"
            + " WHERE j.\"persistence_id\" = t.\"persistence_id\")";
    return texts(
        connection,
        "SELECT \"persistence_id\" FROM \"standing\""
            + unknown
            + " UNION SELECT \"persistence_id\" FROM \"tier_change\""
            + unknown
            + " UNION SELECT \"persistence_id\" FROM \"outcome\""
            + unknown);
  }

  private static List<String> texts(Connection connection, String sql, String... parameters)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        select.setString(i + 1, parameters[i]);
      }
      List<String> texts = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          texts.add(rows.getString(1));
        }
      }
      return texts;
    }
  }

  /** Up to which ordering the journal was followed; no further, until the transaction ends. */
  private static long horizon(Connection connection) throws SQLException {
    return Offset.locked(connection, Portfolio.PROJECTION);
  }

  private void compare(Connection connection, List<String> persistenceIds) throws SQLException {
    long horizon = horizon(connection);
    Map<String, History> histories = new HashMap<>();
    ToldOutcomes outcomes = new ToldOutcomes(days);
    for (Entry entry : journal.listed(connection, persistenceIds, horizon)) {
      histories.computeIfAbsent(entry.account(), first -> new History(changes)).add(entry);
      if (entry.event() instanceof OutcomeRecorded recorded) {
        outcomes.tell(entry.account(), recorded);
      } else if (entry.event() instanceof AccountErased) {
        outcomes.erase(entry.account());
      }
    }
    for (String persistenceId : outcomes.differing(connection, persistenceIds)) {
      differs(persistenceId, "has other outcomes than in the journal");
    }
    Map<String, Listed> listed = Standings.load(connection, persistenceIds);
    Map<String, Listed> right = new HashMap<>();
    for (String persistenceId : persistenceIds) {
      History history = histories.getOrDefault(persistenceId, new History(changes));
      if (history.listed() != null) {
        right.put(persistenceId, history.listed());
      }
      compareFeed(connection, persistenceId, history);
      if (history.listed() != null || listed.containsKey(persistenceId)) {
        accounts++;
      }
      if (!Objects.equals(listed.get(persistenceId), history.listed())) {
        differs(persistenceId, "is not listed as it is in the journal");
      }
    }
    if (repair) {
      outcomes.write(connection);
      Standings.write(connection, seal, listed, right);
      connection.commit();
    } else {
      connection.rollback();
    }
  }

  private void compareFeed(Connection connection, String persistenceId, History history)
      throws SQLException {
    List<TierChange> actual = changes.of(connection, persistenceId);
    fed += actual.size();
    Set<TierChange> missing = new HashSet<>(history.changes());
    List<TierChange> wrong = new ArrayList<>();
    for (TierChange change : actual) {
      if (!missing.remove(change) && !history.isErasure(change)) {
        wrong.add(change);
      }
    }
    if (!missing.isEmpty() || !wrong.isEmpty()) {
      differs(
          persistenceId,
          "has %d tier changes that the feed lacks, and there are %d that it did not have"
              .formatted(missing.size(), wrong.size()));
      if (repair) {
        changes.delete(connection, wrong);
        changes.add(
            connection,
            missing.stream().map(each -> new TierChanges.Row(persistenceId, each)).toList());
      }
    }
  }

  private void differs(String what, String how) {
    differences++;
    if (told.size() < TOLD_MAX) {
      told.add(what + " " + how);
    }
  }

  private void compareSums(Connection connection) throws SQLException {
    horizon(connection);
    Sums lacking = new Sums(seal);
    Standings.read(connection, listed -> lacking.replace(null, listed));
    changes.read(connection, change -> lacking.move(change, days.of(change.at()), 1));
    lacking.subtractStored(connection);
    if (lacking.count() > 0) {
      differs("sums", "over accounts are wrong: " + lacking.count());
    }
    if (repair) {
      lacking.write(connection);
      connection.commit();
    } else {
      connection.rollback();
    }
  }
}
