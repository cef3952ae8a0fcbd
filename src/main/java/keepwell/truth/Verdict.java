package keepwell.truth;

/** What the figures of a score say, in short. */
public enum Verdict {
  TOO_FEW("Too few outcomes to say anything: %d stayed and %d left, and 20 of each are needed."),
  NO_PREDICTIVE_POWER(
      "No predictive power: the interval of the AUC holds 0.5, so that chance may do as well."),
  INVERTED("The score points the wrong way: accounts with a lower one stayed more often."),
  PREDICTIVE("The score tells better than chance who stays.");

  /** Of those who stayed, and of those who left: with fewer the interval promises too much. */
  static final int EACH_MIN = 20;

  private final String sentence;

  Verdict(String sentence) {
    this.sentence = sentence;
  }

  static Verdict of(Auc auc, long stayed, long left) {
    if (Math.min(stayed, left) < EACH_MIN) {
      return TOO_FEW;
    }
    if (auc.isInverted()) {
      return INVERTED;
    }
    return auc.tells() ? PREDICTIVE : NO_PREDICTIVE_POWER;
  }

  /** For people. */
  public String sentence(long stayed, long left) {
    return sentence.formatted(stayed, left);
  }
}
