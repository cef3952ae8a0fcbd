package keepwell.truth;

/**
 * How many accounts that stayed, and how many that left, had which score; of all of them in a few
 * hundred kilobytes.
 */
final class Ranks {
  private final double perPoint;
  private final int[] stayed;
  private final int[] left;

  /**
   * @param decimals to which scores are told apart
   */
  Ranks(int decimals) {
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

  private static double variance(double sum, double squares, double count) {
    return count < 2 ? 0 : Math.max(0, (squares - sum * sum / count) / (count - 1));
  }
}
