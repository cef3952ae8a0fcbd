package keepwell.truth;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The few accounts about which a score was most wrong, of all that are shown to it. */
final class MostWrong {
  private static final int MAX = 20;

  private final Comparator<Wrong> mostFirst;
  private final PriorityQueue<Wrong> most;

  private MostWrong(Comparator<Wrong> mostFirst) {
    this.mostFirst = mostFirst.thenComparing(Wrong::account);
    this.most = new PriorityQueue<>(this.mostFirst.reversed());
  }

  /** Of accounts that stayed: the lower the score, the more it was wrong. */
  static MostWrong lowest() {
    return new MostWrong(Comparator.comparingDouble(Wrong::score));
  }

  /** Of accounts that left: the higher the score, the more it was wrong. */
  static MostWrong highest() {
    return new MostWrong(Comparator.comparingDouble(Wrong::score).reversed());
  }

  void add(String account, double score) {
    most.add(new Wrong(account, score));
    if (most.size() > MAX) {
      most.remove();
    }
  }

  List<Wrong> all() {
    return most.stream().sorted(mostFirst).toList();
  }
}
