package org.h2.mvstore.tx;

import java.lang.reflect.Field;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Commits that are under way, or had begun when a process was killed. H2 2.5.252 finds the latter
 * when it opens the file and calls them committed, but does not go on with them: what they wrote
 * reads as it was before, and whoever writes there again waits for ever. This is in H2's package
 * because nothing public finishes a commit, or tells of one.
 */
public final class UnfinishedCommits {
  /** Whose transactions are that were found in the file: of no session. */
  private static final int NOBODY = 0;

  private static final Duration LOOK = Duration.ofMillis(1);

  private static final Field OWNER = owner();

  private UnfinishedCommits() {}

  private static Field owner() {
    try {
      Field owner = Transaction.class.getDeclaredField("ownerId");
      owner.setAccessible(true);
      return owner;
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("not the H2 that this was made for", e);
    }
  }

  /** Finishes them, whoever else already works with the store; returns how many there were. */
  public static int finish(TransactionStore transactions) {
    int finished = 0;
    for (Transaction transaction : transactions.getOpenTransactions()) {
      if (isFound(transaction) && transaction.getStatus() == Transaction.STATUS_COMMITTED) {
        transactions.commit(transaction, true);
        transactions.endTransaction(transaction, true);
        finished++;
      }
    }
    return finished;
  }

  /**
   * Waits for those that are under way. What they wrote is seen already, but what they replaced is
   * still in their logs.
   */
  public static void await(TransactionStore transactions) {
    VersionedBitSet underWay = transactions.committingTransactions.get();
    for (int id = underWay.nextSetBit(0); id >= 0; id = underWay.nextSetBit(id + 1)) {
      while (transactions.committingTransactions.get().get(id)) {
        LockSupport.parkNanos(LOOK.toNanos());
      }
    }
  }

  private static boolean isFound(Transaction transaction) {
    try {
      return OWNER.getInt(transaction) == NOBODY;
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
