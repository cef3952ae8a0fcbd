package keepwell.health;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What a snapshot costs. Several accounts take turns, as in {@link AccountBenchmark}. */
@State(Scope.Thread)
public class SnapshotBenchmark {
  private static final int ACCOUNTS = AccountBenchmark.ACCOUNTS;

  @Param public TypicalAccount.Variant variant;

  private final Account[] accounts = new Account[ACCOUNTS];
  private final byte[][] snapshots = new byte[ACCOUNTS][];
  private Snapshots store;
  private int turn;

  @Setup
  public void store() {
    store = new Snapshots();
    for (int i = 0; i < ACCOUNTS; i++) {
      accounts[i] = new TypicalAccount(variant, i).account;
      snapshots[i] = store.stored(accounts[i]);
    }
  }

  @TearDown
  public void close() {
    store.close();
  }

  /** The bytes of an account. */
  @Benchmark
  public byte[] snapshot() {
    return store.stored(accounts[next()]);
  }

  /** The account of some bytes. */
  @Benchmark
  public Account recover() {
    return store.recovered(snapshots[next()]);
  }

  /** The account whose turn it is. */
  private int next() {
    turn = (turn + 1) % ACCOUNTS;
    return turn;
  }
}
