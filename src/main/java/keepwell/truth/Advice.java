package keepwell.truth;

/** Whether a fitted draft is worth adopting, by the accounts that were held out. */
public enum Advice {
  NOTHING_FITTED("There is no draft: the scorecards say why."),
  TOO_FEW_HELD_OUT(
      "There are too few held-out accounts to say how the draft does on others than those it was"
          + " fitted to: 20 that stayed and 20 that left are needed."),
  NO_PREDICTIVE_POWER(
      "The draft has no predictive power on accounts that it was not fitted to. Do not adopt it."),
  NO_BETTER(
      "On accounts that it was not fitted to, the draft tells no better who stays. Adopt it only if"
          + " its scores are to be read as chances."),
  BETTER("On accounts that it was not fitted to, the draft tells better who stays.");

  private final String sentence;

  Advice(String sentence) {
    this.sentence = sentence;
  }

  /** For people. */
  public String sentence() {
    return sentence;
  }

  static Advice of(Validation present, Validation draft) {
    Verdict verdict = draft.verdict();
    if (verdict == Verdict.TOO_FEW) {
      return TOO_FEW_HELD_OUT;
    }
    if (verdict != Verdict.PREDICTIVE) {
      return NO_PREDICTIVE_POWER;
    }
    return draft.auc().value().orElseThrow() > present.auc().value().orElse(0) ? BETTER : NO_BETTER;
  }
}
