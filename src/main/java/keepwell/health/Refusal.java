package keepwell.health;

/**
 * An expected "no".
 *
 * @param code why
 * @param field of what was asked; empty if none is to blame
 * @param index of the signal or outcome in what was asked, from 0
 */
public record Refusal(Code code, String field, int index) implements Answer {

  /** Why something is refused. */
  public enum Code {
    SIGNAL_FROM_THE_FUTURE,
    ERASED,
    ACCOUNT_UNKNOWN,
    AS_OF_TOO_OLD,
    OVERRIDE_ENDED,
    LABELS_TOO_MANY,
    SIGNAL_KEYS_TOO_MANY,
    OUTCOMES_TOO_MANY,

    /** More is under way than can be done soon; nothing was done. */
    BUSY,

    /** The account has just left the place where it was asked; nothing was done. */
    MOVED,

    /** The account could not be read from the journal; nothing was done. */
    UNRECOVERED,

    /** The journal cannot be written; what was asked may have been done or not. */
    UNAVAILABLE
  }

  /** One for which no part of what was asked is to blame. */
  public static Refusal of(Code code) {
    return of(code, "");
  }

  static Refusal of(Code code, String field) {
    return new Refusal(code, field, 0);
  }
}
