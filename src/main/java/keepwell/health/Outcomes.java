package keepwell.health;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import keepwell.health.AccountEvent.OutcomeRecorded;

/**
 * What became of an account, as far as it was told: at most one outcome a day, whatever the order
 * in which they were told. Immutable.
 *
 * @param all oldest first, up to {@value #MAX}: further days are refused
 */
public record Outcomes(List<Past> all) implements Answer {
  static final Outcomes NONE = new Outcomes(List.of());
  static final int MAX = 500;

  /**
   * An outcome.
   *
   * @param day counted from 1970-01-01
   * @param at some time of that day
   * @param recordedAt product time
   */
  public record Past(int day, Outcome outcome, Instant at, Instant recordedAt) {
    /** Whether they say the same. */
    private boolean agrees(Past other) {
      return day == other.day && outcome == other.outcome;
    }
  }

  public Outcomes {
    all = List.copyOf(all);
  }

  Optional<Outcome> on(int day) {
    return all.stream().filter(past -> past.day == day).map(Past::outcome).findAny();
  }

  /** The last one of some days. */
  Optional<Past> last(int from, int to) {
    return all.stream()
        .filter(past -> from <= past.day && past.day <= to)
        .reduce((earlier, later) -> later);
  }

  boolean isFull() {
    return all.size() == MAX;
  }

  /** Whether the account had left when it was told of last, by day. */
  boolean endsInChurn() {
    return !all.isEmpty() && last().outcome == Outcome.CHURNED;
  }

  /** Whether the last one, by day, is what it was before. */
  boolean endsAs(Outcomes before) {
    if (all.isEmpty() || before.all.isEmpty()) {
      return all.size() == before.all.size();
    }
    return last().agrees(before.last());
  }

  private Past last() {
    return all.get(all.size() - 1);
  }

  Outcomes with(OutcomeRecorded recorded, Days days) {
    int day = days.of(recorded.happenedAt());
    Stream<Past> told =
        recorded.outcome().stream()
            .map(outcome -> new Past(day, outcome, recorded.happenedAt(), recorded.at()));
    return new Outcomes(
        Stream.of(
                all.stream().filter(past -> past.day < day),
                told,
                all.stream().filter(past -> past.day > day))
            .flatMap(some -> some)
            .toList());
  }
}
