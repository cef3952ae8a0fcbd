package keepwell.truth;

/**
 * How many accounts that stayed, and how many that left, had which score, however many there are.
 */
final class Ranks {
  /** Those of scores: none is rounded. */
  private static final int SCORE_DECIMALS = 4;

  /** There are many metrics. */
  private static final int METRIC_DECIMALS = 3;

  private final double perPoint;
  private final int[] stayed;
  private final int[] left;

  /** Of the scores of accounts, in 8 MB. */
  static Ranks ofScore() {
    return new Ranks(SCORE_DECIMALS);
  }

  /** Of the scores of a metric, in less than 1 MB. */
  static Ranks ofMetric() {
    return new Ranks(METRIC_DECIMALS);
  }

  private Ranks(int decimals) {
    this.perPoint = Math.pow(10, decimals);
    this.stayed = new int[(int) (100 * perPoint) + 1];
    this.left = new int[stayed.length];
  }

  /**
   * @param score 0 to 100
   */
  void add(double score, boolean stays) {
    (stays ? stayed : left)[(int) Math.round(score * perPoint)]++;
  }

  long stayed() {
    return sum(stayed);
  }

  long left() {
    return sum(left);
  }

  private static long sum(int[] counts) {
    long sum = 0;
    for (int count : counts) {
      sum += count;
    }
    return sum;
  }

  /** How well the scores tell who stays; of nothing if all stayed or all left. */
  Auc auc() {
    double stay = stayed();
    double leave = left();
    if (stay == 0 || leave == 0) {
      return Auc.NONE;
    }
    double wins = 0; // of those who stay against those who leave, half of a tie
    double winsSquared = 0;
    double losses = 0;
    double lossesSquared = 0;
    double stayBelow = 0;
    double leaveBelow = 0;
    for (int i = 0; i < stayed.length; i++) {
      double win = (leaveBelow + left[i] / 2.0) / leave;
      double loss = 1 - (stayBelow + stayed[i] / 2.0) / stay;
      wins += stayed[i] * win;
      winsSquared += stayed[i] * win * win;
      losses += left[i] * loss;
      lossesSquared += left[i] * loss * loss;
      stayBelow += stayed[i];
      leaveBelow += left[i];
    }
    return Auc.of(
        wins / stay,
        variance(wins, winsSquared, stay) / stay + variance(losses, lossesSquared, leave) / leave,
        (long) stay,
        (long) leave);
  }

  Verdict verdict() {
    return Verdict.of(auc(), stayed(), left());
  }

  private static double variance(double sum, double squares, double count) {
    return count < 2 ? 0 : Math.max(0, (squares - sum * sum / count) / (count - 1));
  }
}
