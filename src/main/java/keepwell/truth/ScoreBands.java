package keepwell.truth;

import java.util.List;
import java.util.stream.IntStream;

/** Of how many accounts in each ten points of the score the customers stayed. */
final class ScoreBands {
  private static final int COUNT = 10;
  private static final int WIDTH = 100 / COUNT;

  private final long[] accounts = new long[COUNT];
  private final long[] stayed = new long[COUNT];
  private final double[] scores = new double[COUNT];

  void add(double score, boolean stays) {
    int band = Math.min(COUNT - 1, (int) (score / WIDTH));
    accounts[band]++;
    stayed[band] += stays ? 1 : 0;
    scores[band] += score;
  }

  /** Those with accounts, lowest first. */
  List<ScoreBand> figures() {
    return IntStream.range(0, COUNT)
        .filter(band -> accounts[band] > 0)
        .mapToObj(
            band ->
                new ScoreBand(
                    band * WIDTH,
                    (band + 1) * WIDTH,
                    accounts[band],
                    stayed[band],
                    scores[band] / accounts[band]))
        .toList();
  }
}
