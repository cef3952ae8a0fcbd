package keepwell.health;

import java.util.Optional;
import java.util.Set;

/**
 * A CSM's judgement that holds a score within bounds until a day. It never makes a score of none.
 *
 * @param max the score is at most this, 0 to 100
 * @param min the score is at least this, 0 to 100, and not above {@code max}; one of the two is
 *     there
 * @param reason in words, at most {@value #REASON_LENGTH_MAX} code points
 * @param author who says so
 * @param until the last day on which it holds, counted from 1970-01-01
 */
public record ScoreOverride(
    Optional<Double> max, Optional<Double> min, String reason, String author, int until) {
  static final int REASON_LENGTH_MAX = 1000;
  private static final int AUTHOR_LENGTH_MAX = 200;

  /**
   * The override of a document; where it has faults they are added to the set given, and what is
   * returned is of no use.
   *
   * @param document parsed into maps, lists, texts, numbers and booleans
   */
  public static ScoreOverride read(Object document, Set<Fault> faults) {
    Node root = Node.root(document, faults).object("max", "min", "reason", "author", "until");
    Node min = root.field("min");
    Optional<Double> highest = bound(root.field("max"));
    Optional<Double> lowest = bound(min);
    if (highest.isEmpty() && lowest.isEmpty()) {
      root.field("max").fault("is missing, and so is min");
    } else if (highest.isPresent() && lowest.isPresent() && lowest.get() > highest.get()) {
      min.fault("is above max");
    }
    return new ScoreOverride(
        highest,
        lowest,
        root.field("reason").text(REASON_LENGTH_MAX),
        root.field("author").text(AUTHOR_LENGTH_MAX),
        root.field("until").day());
  }

  private static Optional<Double> bound(Node node) {
    return node.exists()
        ? Optional.of(Evaluation.round(node.number(0, 100)) + 0.0)
        : Optional.empty();
  }

  /** The effective score for a raw one; NaN for NaN. */
  double held(double score) {
    return Math.min(max.orElse(100.0), Math.max(min.orElse(0.0), score));
  }
}
