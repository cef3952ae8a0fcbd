package keepwell.health;

import java.util.List;
import java.util.Optional;
import keepwell.health.AccountEvent.SignalsRecorded;
import keepwell.health.Decider.Moment;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What is done for an account, one operation a time. Several accounts and signals take turns, so
 * that the processor does not learn a single one by heart.
 */
@State(Scope.Thread)
public class AccountBenchmark {
  static final int ACCOUNTS = 32;

  private static final int SIGNALS_EACH = 4;

  @Param public TypicalAccount.Variant variant;

  private final Scorecards scorecards = TypicalScorecard.scorecards();
  private final Scorecard scorecard = scorecards.scorecards().get(0);
  private final Account[] accounts = new Account[ACCOUNTS];
  private final int[] todays = new int[ACCOUNTS];
  private final Moment[] moments = new Moment[ACCOUNTS];
  private final SignalsRecorded[] events = new SignalsRecorded[ACCOUNTS * SIGNALS_EACH];
  private final Evaluation[] evaluations = new Evaluation[ACCOUNTS];
  private int turn;

  @Setup
  public void build() {
    for (int a = 0; a < ACCOUNTS; a++) {
      TypicalAccount typical = new TypicalAccount(variant, a);
      accounts[a] = typical.account;
      todays[a] = typical.today;
      evaluations[a] = Evaluation.of(scorecard, typical.account.facts, typical.today);
      moments[a] =
          new Moment(
              typical.now,
              typical.now,
              List.of(scorecards),
              Thresholds.NONE,
              new Capacity(1000, 50));
      List<SignalsRecorded> next = typical.next(SIGNALS_EACH);
      for (int s = 0; s < SIGNALS_EACH; s++) {
        events[s * ACCOUNTS + a] = next.get(s);
      }
    }
  }

  /** The whole scorecard, today. */
  @Benchmark
  public Evaluation evaluate() {
    int a = next();
    return Evaluation.of(scorecard, accounts[a].facts, todays[a]);
  }

  /** The same after a signal of a key that one metric reads. */
  @Benchmark
  public Evaluation reevaluate() {
    int a = next();
    return evaluations[a].after(accounts[a].facts, "core-feature");
  }

  /** An event of one signal of a daily key, with an id that is not remembered. */
  @Benchmark
  public Account apply() {
    return accounts[next()].evolve(event());
  }

  /**
   * All that an account does about a signal: decides, and takes the events when they are stored.
   */
  @Benchmark
  public Account record(Blackhole answers) {
    int a = next();
    Account account = accounts[a];
    Decision<Recorded> decision =
        Decider.record(account, account.id, event().signals(), false, moments[a]);
    answers.consume(decision.answer());
    for (AccountEvent event : decision.events()) {
      account = account.evolve(event);
    }
    return account;
  }

  /** The standing of today, with every point explained. */
  @Benchmark
  public Answer show() {
    int a = next();
    return Inquiry.standing(accounts[a], Optional.empty(), moments[a]).answer();
  }

  /** The account whose turn it is. */
  private int next() {
    turn = (turn + 1) % events.length;
    return turn % ACCOUNTS;
  }

  /** What it takes in this turn. */
  private SignalsRecorded event() {
    return events[turn];
  }
}
