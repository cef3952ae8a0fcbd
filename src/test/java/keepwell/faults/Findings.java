package keepwell.faults;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What is wrong with the build under test. */
final class Findings {
  private static final int SHOWN_MAX = 20;

  private final Queue<Finding> all = new ConcurrentLinkedQueue<>();

  /** The kinds of wrong. */
  enum Kind {
    /** A signal that was acknowledged is not in the journal. */
    LOST,
    /** A signal is in the journal more than once, or was acknowledged as new more than once. */
    TWICE,
    /** Something is in the journal that nobody sent, or that was refused. */
    INVENTED,
    /** The events of an account are not numbered 1, 2, 3 … */
    MISNUMBERED,
    /** A standing is not made of what is in the journal. */
    WRONG_STANDING,
    /** Two nodes, or a node before and after, say different things of an account. */
    DISAGREEMENT,
    /** Lists, feed and sums are not made of what is in the journal, or the feed was told wrong. */
    MISLISTED,
    /** An answer is none of those that the interface promises. */
    UNEXPECTED_ANSWER,
    /** A signal was not acknowledged although nothing was wrong any more. */
    NEVER_TAKEN
  }

  private record Finding(Kind kind, String what) {}

  void add(Kind kind, String what) {
    all.add(new Finding(kind, what));
  }

  /** How many of each kind. */
  Map<Kind, Integer> counts() {
    Map<Kind, Integer> counts = new TreeMap<>();
    all.forEach(finding -> counts.merge(finding.kind(), 1, Integer::sum));
    return counts;
  }

  /** The first ones in full. */
  @Override
  public String toString() {
    List<String> shown =
        all.stream().limit(SHOWN_MAX).map(f -> f.kind() + ": " + f.what()).toList();
    return counts() + "\n" + String.join("\n", shown);
  }
}
