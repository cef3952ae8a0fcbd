package keepwell.playbook;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something that somebody is to do about an account. Instants are product time.
 *
 * @param run by which it was given
 * @param step its path in the playbook
 * @param owner empty: nobody yet
 * @param endedAt when it was done or dismissed
 * @param situation how the account stood when it was given
 */
public record Task(
    long id,
    long run,
    String step,
    String playbook,
    String persistenceId,
    String account,
    String title,
    Optional<String> owner,
    Instant givenAt,
    Instant dueAt,
    State state,
    Optional<Instant> endedAt,
    Situation situation) {

  /** Whether something is still to be done. */
  public enum State {
    OPEN,
    DONE,
    DISMISSED
  }

  /**
   * How an account stood, as it is stored and shown.
   *
   * @param name of the account
   * @param score null for none
   * @param tier its key; null for none
   * @param reasons metrics that lost most
   * @param actions the two that would gain most
   */
  public record Situation(
      String name, Double score, String tier, List<Points> reasons, List<Points> actions) {}

  /**
   * A metric or an adjustment, and points of the score.
   *
   * @param metric whether the key is a metric's or an adjustment's
   */
  public record Points(String key, boolean metric, String name, double points) {}

  /**
   * A change of a task, or what somebody noted about it.
   *
   * @param author empty: the playbook
   * @param changes by what has changed, its value before and after; null for none
   */
  public record Change(
      Instant at, Optional<String> author, Map<String, FromTo> changes, Optional<String> note) {}

  /** A value before and after, as texts. */
  public record FromTo(String from, String to) {}

  /** Whether it was to be done before now. */
  public boolean isOverdue(Instant now) {
    return state == State.OPEN && dueAt.isBefore(now);
  }
}
