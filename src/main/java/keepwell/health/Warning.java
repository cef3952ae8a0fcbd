package keepwell.health;

/**
 * Something in a faultless document that is probably not meant.
 *
 * @param path where, e.g. {@code scorecards[0].adjustments[1].signal}
 * @param problem what, in words
 */
public record Warning(String path, String problem) {
  static Warning neverSent(String path, String signal) {
    return new Warning(path, "no account has ever sent the signal \"" + signal + "\"");
  }

  /** A tier that accounts cannot be in. */
  public static Warning noSuchTier(String path, String tier) {
    return new Warning(path, "no scorecard has the tier \"" + tier + "\"");
  }
}
