package keepwell.portfolio;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import keepwell.health.Mover;
import keepwell.health.Previewed;
import keepwell.health.Previewed.Outcome;
import keepwell.health.Previewed.Pair;

/** How many accounts stand how by two scorecards, and which of them differ most. */
public final class Comparison {
  /** Bands of ten points; a score of 100 is in the last. */
  public static final int BANDS = 10;

  private static final int MOST_MAX = 20;

  private final Pair pair;
  private final int place;
  private final Map<Move, Long> moves = new HashMap<>();
  private final long[] before = new long[BANDS];
  private final long[] after = new long[BANDS];
  private final PriorityQueue<Moved> most =
      new PriorityQueue<>(
          Comparator.comparingDouble(Moved::difference)
              .thenComparing(Moved::account, Comparator.reverseOrder()));

  /** From a tier to a tier; empty for none. */
  public record Move(Optional<String> from, Optional<String> to) {}

  /**
   * An account whose score differs.
   *
   * @param movers the metrics and adjustments that make most of the difference, most first
   */
  public record Moved(
      String account, String name, Outcome before, Outcome after, List<Mover> movers) {
    double difference() {
      return Math.abs(after.score().orElseThrow() - before.score().orElseThrow());
    }
  }

  /**
   * @param place of the pair among all of {@link Previewed#pairs}
   */
  Comparison(Pair pair, int place) {
    this.pair = pair;
    this.place = place;
  }

  /** The difference from which on an account may be among those that differ most. */
  double least() {
    return most.size() < MOST_MAX ? Double.MIN_VALUE : most.peek().difference();
  }

  void add(Previewed account) {
    Outcome from = account.outcomes().get(pair.before());
    Outcome to = account.outcomes().get(pair.after());
    moves.merge(new Move(from.tier(), to.tier()), 1L, Long::sum);
    count(from.score(), before);
    count(to.score(), after);
    if (from.score().isPresent() && to.score().isPresent()) {
      Moved moved =
          new Moved(account.account(), account.name(), from, to, account.movers().get(place));
      if (moved.difference() >= least()) {
        most.add(moved);
      }
      if (most.size() > MOST_MAX) {
        most.remove();
      }
    }
  }

  private static void count(OptionalDouble score, long[] bands) {
    score.ifPresent(number -> bands[Math.min(BANDS - 1, (int) (number * BANDS / 100))]++);
  }

  /** How many accounts would move from a tier to a tier, or stay. */
  public Map<Move, Long> moves() {
    return Map.copyOf(moves);
  }

  /** How many accounts have a score in each band before. */
  public List<Long> scoresBefore() {
    return IntStream.range(0, BANDS).mapToObj(i -> before[i]).toList();
  }

  /** How many accounts have a score in each band after. */
  public List<Long> scoresAfter() {
    return IntStream.range(0, BANDS).mapToObj(i -> after[i]).toList();
  }

  /** Those whose scores differ most, most first. */
  public List<Moved> most() {
    return most.stream()
        .sorted(
            Comparator.comparingDouble(Moved::difference).reversed().thenComparing(Moved::account))
        .toList();
  }
}
