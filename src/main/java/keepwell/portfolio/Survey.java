package keepwell.portfolio;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;
import keepwell.health.Answer;
import keepwell.health.Refusal;
import keepwell.journal.Database;
import keepwell.journal.Projection;

/**
 * Asks all accounts, or a sample of them, the same question, wherever each is. It goes on step by
 * step, and changes nothing.
 *
 * <p>A sample is the first of all by their persistence ids. These are keyed hashes, so it is one by
 * chance; and always the same, so that one survey can be compared with another.
 */
public final class Survey {
  /** That are under way. Somebody waits, but signals come first. */
  private static final int AT_ONCE_MAX = 64;

  private static final int BATCH_MAX = 500;

  /** How often those are asked that fail by themselves. */
  private static final int ATTEMPTS_MAX = 5;

  /** How often all are asked again that are not reached now: about a minute long. */
  private static final int REFUSALS_MAX = 120;

  private static final Duration PAUSE_AFTER_REFUSAL = Duration.ofMillis(500);

  /** After an import of millions the list of accounts is minutes behind. */
  private static final int CATCH_UP_STEPS_MAX = 1800;

  private static final Duration CATCH_UP_STEP = Duration.ofSeconds(1);

  private final Database database;
  private final Projection projection;
  private final Population population;
  private final long askedMax;
  private final Function<String, CompletionStage<Answer>> question;
  private final Predicate<Answer> taking;
  private final Wakeup wakeup = new Wakeup(AT_ONCE_MAX, Integer.MAX_VALUE);
  private String after = "";
  private OptionalLong awaited = OptionalLong.empty();
  private int waits;
  private boolean caughtUp;
  private long count;
  private long asked;
  private long counted;
  private long unanswered;

  /**
   * How far it is.
   *
   * @param accounts how many will be asked, as far as is known
   * @param ended whether there are no more
   */
  public record Step(long asked, long accounts, boolean ended) {}

  /**
   * @param sample how many accounts are asked at most; empty: all
   * @param question to an account by its persistence id
   * @param taking takes an answer that is no refusal, and says whether the account counts
   */
  Survey(
      Database database,
      Projection projection,
      Population population,
      OptionalInt sample,
      Function<String, CompletionStage<Answer>> question,
      Predicate<Answer> taking) {
    this.database = database;
    this.projection = projection;
    this.population = population;
    this.askedMax = sample.isPresent() ? sample.getAsInt() : Long.MAX_VALUE;
    this.question = question;
    this.taking = taking;
  }

  /**
   * Asks some more accounts, and waits for their answers; or, at first, waits until it is known
   * which there are.
   */
  public Step step() throws SQLException {
    if (!isCaughtUp()) {
      return new Step(0, 0, false);
    }
    List<String> batch;
    try (Connection connection = database.dataSource().getConnection()) {
      count = after.isEmpty() ? population.count(connection) : count;
      batch = population.next(connection, after, (int) Math.min(BATCH_MAX, askedMax - asked));
    }
    ask(batch);
    asked += batch.size();
    after = batch.isEmpty() ? after : batch.get(batch.size() - 1);
    boolean all = batch.isEmpty();
    count = all ? counted + unanswered : Math.max(count, asked);
    boolean ended = all || asked == askedMax;
    return new Step(asked, ended ? asked : Math.min(askedMax, count), ended);
  }

  private boolean isCaughtUp() throws SQLException {
    if (!caughtUp) {
      awaited =
          OptionalLong.of(awaited.isPresent() ? awaited.getAsLong() : projection.acknowledged());
      caughtUp = projection.await(awaited.getAsLong(), CATCH_UP_STEP);
      if (!caughtUp && ++waits > CATCH_UP_STEPS_MAX) {
        throw new IllegalStateException("the list of accounts does not catch up");
      }
    }
    return caughtUp;
  }

  /** Those that fail by themselves are left out in the end, and told of. */
  private void ask(List<String> batch) {
    List<String> left = batch;
    int refusals = 0;
    for (int attempts = 0; attempts < ATTEMPTS_MAX && !left.isEmpty(); ) {
      List<Optional<Answer>> answers = wakeup.answers(left, question);
      List<String> again = new ArrayList<>();
      boolean refused = false;
      for (int i = 0; i < left.size(); i++) {
        Optional<Answer> answer = answers.get(i);
        refused |= answer.filter(Refusal.class::isInstance).isPresent();
        if (answer.isEmpty() || answer.get() instanceof Refusal) {
          again.add(left.get(i));
        } else if (taking.test(answer.get())) {
          counted++;
        }
      }
      left = again;
      if (!refused) {
        attempts++;
      } else if (++refusals > REFUSALS_MAX) {
        throw new IllegalStateException("accounts are not reached");
      } else {
        LockSupport.parkNanos(PAUSE_AFTER_REFUSAL.toNanos());
      }
    }
    unanswered += left.size();
  }

  /** How many accounts there are to be asked if it is no sample, as far as is known. */
  public long population() {
    return count;
  }

  /** How many accounts count. */
  public long counted() {
    return counted;
  }

  /** How many accounts did not answer. */
  public long unanswered() {
    return unanswered;
  }
}
