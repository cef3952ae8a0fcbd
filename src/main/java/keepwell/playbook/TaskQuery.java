package keepwell.playbook;

import java.time.Instant;
import java.util.Optional;

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
  public record Place(long dueMillis, long id) {}
}
