package keepwell.account;

/** The name under which the journal has an account. */
public final class JournalId {
  private JournalId() {}

  public static String of(String account, Fingerprint fingerprint) {
    return "account-" + fingerprint.entityId(account);
  }
}
