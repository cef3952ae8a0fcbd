package keepwell.account;

import akka.persistence.typed.SnapshotAdapter;
import keepwell.health.Account;
import keepwell.health.Days;

/** Accounts are stored in parts. */
record Snapshots(Days days) implements SnapshotAdapter<Account> {
  @Override
  public Object toJournal(Account account) {
    return account.parts();
  }

  @Override
  public Account fromJournal(Object parts) {
    return Account.of((Account.Parts) parts, days);
  }
}
