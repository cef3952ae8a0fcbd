package keepwell.access;

/** Why what is in a file cannot be used. It quotes nothing of it: that might be a secret. */
public final class UnusableException extends Exception {
  private static final long serialVersionUID = 1L;

  public UnusableException(String problem) {
    super(problem, null, false, false);
  }
}
