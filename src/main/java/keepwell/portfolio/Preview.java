package keepwell.portfolio;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import keepwell.health.Answer;
import keepwell.health.Previewed;
import keepwell.health.Refusal;
import keepwell.journal.Database;

/**
 * What drafts of scorecards would make of all accounts that are open, or of a sample of them: each
 * is asked, wherever it is. It goes on step by step, and changes nothing.
 *
 * <p>A sample is the first of all by their persistence ids. These are keyed hashes, so it is one by
 * chance; and always the same, so that one preview can be compared with another.
 */
public final class Preview {
  /** That are under way. Somebody waits, but signals come first. */
  private static final int AT_ONCE_MAX = 64;

  private static final int BATCH_MAX = 500;

  /** How often those are asked that fail by themselves. */
  private static final int ATTEMPTS_MAX = 5;

  /** How often all are asked again that are not reached now: about a minute long. */
  private static final int REFUSALS_MAX = 120;

  private static final Duration PAUSE_AFTER_REFUSAL = Duration.ofMillis(500);

  private final Database database;
  private final Asking asking;
  private final Wakeup wakeup = new Wakeup(AT_ONCE_MAX, Integer.MAX_VALUE);
  private final List<Comparison> comparisons = new ArrayList<>();
  private final long askedMax;
  private String after = "";
  private long population;
  private long asked;
  private long counted;
  private long unanswered;

  /** How an account is asked. */
  @FunctionalInterface
  public interface Asking {
    /**
     * Answers {@link Previewed}.
     *
     * @param leasts for each pair the difference of scores from which on it is to be explained
     */
    CompletionStage<Answer> preview(String persistenceId, List<Double> leasts);
  }

  /**
   * How far it is.
   *
   * @param accounts how many will be asked, as far as is known
   * @param ended whether there are no more
   */
  public record Step(long asked, long accounts, boolean ended) {}

  /**
   * @param count of the scorecards that are compared, those in force included
   * @param sample how many accounts are asked at most; empty: all
   */
  public Preview(Database database, Asking asking, int count, OptionalInt sample) {
    this.database = database;
    this.asking = asking;
    this.askedMax = sample.isPresent() ? sample.getAsInt() : Long.MAX_VALUE;
    List<Previewed.Pair> pairs = Previewed.pairs(count);
    for (int place = 0; place < pairs.size(); place++) {
      comparisons.add(new Comparison(pairs.get(place), place));
    }
  }

  /** Asks some more accounts, and waits for their answers. */
  public Step step() throws SQLException {
    List<String> batch;
    try (Connection connection = database.dataSource().getConnection()) {
      population = after.isEmpty() ? population(connection) : population;
      batch = next(connection, (int) Math.min(BATCH_MAX, askedMax - asked));
    }
    ask(batch);
    asked += batch.size();
    after = batch.isEmpty() ? after : batch.get(batch.size() - 1);
    boolean all = batch.isEmpty();
    population = all ? counted + unanswered : Math.max(population, asked);
    boolean ended = all || asked == askedMax;
    return new Step(asked, ended ? asked : Math.min(askedMax, population), ended);
  }

  /** Those that fail by themselves are left out in the end, and told of. */
  private void ask(List<String> batch) {
    List<String> left = batch;
    int refusals = 0;
    for (int attempts = 0; attempts < ATTEMPTS_MAX && !left.isEmpty(); ) {
      List<Double> leasts = comparisons.stream().map(Comparison::least).toList();
      List<Optional<Answer>> answers =
          wakeup.answers(left, persistenceId -> asking.preview(persistenceId, leasts));
      List<String> again = new ArrayList<>();
      for (int i = 0; i < left.size(); i++) {
        if (answers.get(i).orElse(null) instanceof Previewed account) {
          add(account);
        } else {
          again.add(left.get(i));
        }
      }
      left = again;
      if (answers.stream().flatMap(Optional::stream).noneMatch(Refusal.class::isInstance)) {
        attempts++;
      } else if (++refusals > REFUSALS_MAX) {
        throw new IllegalStateException("accounts are not reached");
      } else {
        LockSupport.parkNanos(PAUSE_AFTER_REFUSAL.toNanos());
      }
    }
    unanswered += left.size();
  }

  private void add(Previewed account) {
    if (!account.outcomes().isEmpty()) {
      counted++;
      comparisons.forEach(comparison -> comparison.add(account));
    }
  }

  private static long population(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT COUNT(*) FROM \"standing\" WHERE \"closed_at\" IS NULL");
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  private List<String> next(Connection connection, int count) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT "persistence_id" FROM "standing"
            WHERE "persistence_id" > ? AND "closed_at" IS NULL
            ORDER BY "persistence_id" LIMIT ?
            """)) {
      select.setString(1, after);
      select.setInt(2, count);
      List<String> ids = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          ids.add(rows.getString(1));
        }
      }
      return ids;
    }
  }

  /** For each pair of the scorecards, in the order of {@link Previewed#pairs}. */
  public List<Comparison> comparisons() {
    return List.copyOf(comparisons);
  }

  /** How many accounts are open, as far as is known. */
  public long population() {
    return population;
  }

  /** How many accounts are in the comparisons. */
  public long counted() {
    return counted;
  }

  /** How many accounts did not answer. */
  public long unanswered() {
    return unanswered;
  }
}
