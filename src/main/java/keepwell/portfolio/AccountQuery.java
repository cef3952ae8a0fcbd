package keepwell.portfolio;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which accounts are listed, and how.
 *
 * @param tier that they have
 * @param labels that they have, of {@link #LABELS}
 * @param prefix with which their id begins, or their name in whatever case
 * @param below which their score is
 * @param renewingWithinDays from today on
 * @param closed whether those that are closed are listed, or those that are open
 * @param sorts by what they are sorted, the first counting most; one at least
 * @param limit how many at most
 * @param cursor where an earlier page ended
 */
public record AccountQuery(
    Optional<String> tier,
    Map<String, String> labels,
    Optional<String> prefix,
    Optional<Double> below,
    Optional<Integer> renewingWithinDays,
    boolean closed,
    List<Sort> sorts,
    int limit,
    Optional<String> cursor) {

  /** The labels by which accounts can be asked for. */
  public static final List<String> LABELS = Sums.DIMENSIONS;

  /** By what accounts can be sorted; those that don't have it come last. */
  public enum Key {
    SCORE("score", "score"),
    ARR("arr", "arr"),
    TREND("trend", "trend30"),
    RENEWAL("renewal", "renewal_on"),
    NAME("name", "name");

    private final String key;
    private final String column;

    Key(String key, String column) {
      this.key = key;
      this.column = column;
    }

    /** As it is asked for. */
    public String key() {
      return key;
    }

    /** As it is in the table. */
    String column() {
      return "\"" + column + "\"";
    }
  }

  /**
   * @param descending the greatest first
   */
  public record Sort(Key key, boolean descending) {

    /** As it is asked for, e.g. {@code -arr}. */
    public String text() {
      return (descending ? "-" : "") + key.key();
    }
  }

  /** All but where it goes on: a cursor belongs to that. */
  AccountQuery withoutPlace() {
    return new AccountQuery(
        tier, labels, prefix, below, renewingWithinDays, closed, sorts, 0, Optional.empty());
  }
}
