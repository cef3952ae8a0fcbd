package keepwell.playbook;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which tasks are asked for; those that are due first come first.
 *
 * @param account its persistence id
 * @param dueBefore only those
 * @param after where the page before ended
 */
public record TaskQuery(
    Optional<String> owner,
    Optional<Task.State> state,
    Optional<String> account,
    Optional<String> playbook,
    Optional<Instant> dueBefore,
    Optional<Place> after,
    int limit) {

  /** A place in the order of tasks. */
  public record Place(long dueMillis, long id) {
    private static final Pattern CURSOR = Pattern.compile("(-?\\d{1,15})_(\\d{1,18})");

    /** The place of a task. */
    public static Place of(Task task) {
      return new Place(task.dueAt().toEpochMilli(), task.id());
    }

    /** The place that a cursor stands for; empty if it is none. */
    public static Optional<Place> read(String cursor) {
      Matcher matcher = CURSOR.matcher(cursor);
      return matcher.matches()
          ? Optional.of(
              new Place(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))))
          : Optional.empty();
    }

    /** What stands for it in a URL. */
    public String cursor() {
      return dueMillis + "_" + id;
    }
  }
}
