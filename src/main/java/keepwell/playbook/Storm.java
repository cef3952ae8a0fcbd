package keepwell.playbook;

import java.time.Instant;
import java.util.Optional;

/**
 * Why runs are held until somebody lets them go.
 *
 * @param day the last whose runs it holds, counted from 1970-01-01
 * @param beganAt product time
 * @param signal that has gone silent
 * @param afterRun runs up to this one are none of its
 */
public record Storm(
    long id,
    Cause cause,
    Optional<String> signal,
    int day,
    Instant beganAt,
    State state,
    Optional<Instant> endedAt,
    long afterRun) {

  /** What may be a fault of ours, or of a source, rather than of so many customers. */
  public enum Cause {
    /** Too many accounts turned on one day. */
    MANY,

    /** A source sends nothing, or next to nothing. */
    SILENCE
  }

  /** Where it is. */
  public enum State {
    HELD,
    RELEASED,
    DISCARDED
  }
}
