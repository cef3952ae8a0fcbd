package keepwell.portfolio;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Predicate;
import keepwell.health.Answer;
import keepwell.health.Days;
import keepwell.journal.Database;
import keepwell.journal.JournalFollower;
import keepwell.journal.Projection;
import keepwell.journal.Seal;

/**
 * All accounts as they published last, to be asked across. It is derived from the journal, within a
 * fraction of a second.
 */
public final class Portfolio implements AutoCloseable {
  /** Up to how many accounts a query is told how many there are. */
  public static final int TOTAL_MAX = 10_000;

  /** How it is called where it is said how far it has come. */
  public static final String PROJECTION = "portfolio";

  private final Database database;
  private final Seal seal;
  private final Cursors cursors;
  private final Feed feed;
  private final SignalLog signals;
  private final Projection projection;

  /**
   * Some accounts.
   *
   * @param next the cursor of the next page; empty if this is the last
   * @param total how many there are on all pages; one more than {@link #TOTAL_MAX} stands for more
   */
  public record Page(List<Listed> accounts, Optional<String> next, int total) {}

  private Portfolio(
      Database database, Seal seal, Feed feed, SignalLog signals, Projection projection) {
    this.database = database;
    this.seal = seal;
    this.cursors = new Cursors(seal);
    this.feed = feed;
    this.signals = signals;
    this.projection = projection;
  }

  /**
   * Begins to follow the journal.
   *
   * @param blocking where it may wait for the database
   */
  public static Portfolio follow(
      Database database, JournalFollower journal, Seal seal, Days days, Executor blocking) {
    Feed feed = new Feed(database, new TierChanges(seal), blocking);
    Listing listing = new Listing(seal, days, feed::changed);
    Projection projection =
        Projection.start(database, journal, PROJECTION, Projection.LISTED, listing);
    return new Portfolio(database, seal, feed, new SignalLog(database, journal), projection);
  }

  public Feed feed() {
    return feed;
  }

  /** What the accounts have sent. */
  public SignalLog signals() {
    return signals;
  }

  /**
   * Waits until everything that was acknowledged before this was called is in the portfolio.
   *
   * @return whether it is; not if that takes longer than {@code patience}
   */
  public boolean awaitCaughtUp(Duration patience) throws SQLException {
    return projection.awaitCaughtUp(patience);
  }

  /**
   * A page of accounts; empty if the cursor is not of this query and installation.
   *
   * @param today counted from 1970-01-01
   */
  public Optional<Page> page(AccountQuery query, int today) throws SQLException {
    Optional<Place> place = query.cursor().flatMap(cursor -> cursors.place(query, cursor));
    if (query.cursor().isPresent() && place.isEmpty()) {
      return Optional.empty();
    }
    AccountList list = new AccountList(seal, query, today);
    try (Connection connection = database.dataSource().getConnection()) {
      List<Listed> accounts = list.after(connection, place);
      boolean more = accounts.size() > query.limit();
      List<Listed> page = more ? accounts.subList(0, query.limit()) : accounts;
      return Optional.of(
          new Page(
              page,
              more
                  ? Optional.of(cursors.cursor(query, page.get(page.size() - 1)))
                  : Optional.empty(),
              list.count(connection, TOTAL_MAX + 1)));
    }
  }

  /**
   * A question to many accounts; nothing has been asked yet. It waits until all is known here that
   * was acknowledged before.
   *
   * @param sample how many accounts are asked at most; empty: all
   * @param question to an account by its persistence id
   * @param taking takes an answer that is no refusal, and says whether the account counts
   */
  public Survey survey(
      Population population,
      OptionalInt sample,
      Function<String, CompletionStage<Answer>> question,
      Predicate<Answer> taking) {
    return new Survey(database, projection, population, sample, question, taking);
  }

  /** An account as it published last; empty if there is none. */
  public Optional<Listed> account(String persistenceId) throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      return Optional.ofNullable(
          Standings.load(connection, List.of(persistenceId)).get(persistenceId));
    }
  }

  /** Accounts as they published last, by their persistence ids; those that there are. */
  public Map<String, Listed> accounts(Connection connection, Collection<String> persistenceIds)
      throws SQLException {
    return Standings.load(connection, persistenceIds);
  }

  /** The same. */
  public Map<String, Listed> accounts(Collection<String> persistenceIds) throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      return accounts(connection, persistenceIds);
    }
  }

  /**
   * The open accounts that moved into a tier after an instant, and have not moved since.
   *
   * @param owner only those with this label {@code owner}
   * @param max how many are told of; those worth most
   */
  public Highlights.Some movedInto(String tier, Instant after, Optional<String> owner, int max)
      throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      return new Highlights(connection)
          .movedInto(tier, after, owner.map(name -> Sums.Group.of(seal, "owner", name).key()), max);
    }
  }

  /** The last day whose reviews are done, counted from 1970-01-01; empty if there is none yet. */
  public OptionalInt reviewedThrough(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement("SELECT \"day\" FROM \"review\"");
        ResultSet row = select.executeQuery()) {
      return row.next() ? OptionalInt.of(row.getInt(1)) : OptionalInt.empty();
    }
  }

  /**
   * The sums over accounts.
   *
   * @param by a label by whose values there are sums too, of {@link AccountQuery#LABELS}
   * @param today counted from 1970-01-01
   */
  public Overview overview(Optional<String> by, int today) throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      return new OverviewReader(connection, seal, today).read(by);
    }
  }

  /**
   * The sums over the accounts that have a value of a label; of one that none has they are empty.
   *
   * @param label of {@link AccountQuery#LABELS}
   * @param today counted from 1970-01-01
   */
  public Overview.Group group(String label, String value, int today) throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      return new OverviewReader(connection, seal, today).read(label, value);
    }
  }

  /**
   * The values of a label by what their accounts are worth, the most first; {@link
   * Overview#GROUPS_MAX} at most.
   *
   * @param label of {@link AccountQuery#LABELS}
   */
  public List<String> values(String label) throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      return new OverviewReader(connection, seal, 0).values(label);
    }
  }

  @Override
  public void close() {
    projection.close();
    feed.close();
  }
}
