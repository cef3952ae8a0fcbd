package keepwell.playbook;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import keepwell.health.Outcome;

/**
 * What a playbook does about an account, once. Instants are product time, days counted from
 * 1970-01-01.
 *
 * @param id 0 before it is stored
 * @param playbook its key
 * @param version of the playbooks by which it began
 * @param tier in which it began; empty for none
 * @param noticedAt real time
 */
public record Run(
    long id,
    String playbook,
    int version,
    String persistenceId,
    String account,
    Cause cause,
    Optional<String> tier,
    Instant beganAt,
    int beganOn,
    Instant noticedAt,
    Progress progress) {

  /** Where it is. */
  public enum State {
    /** The account is still to be asked whether it is so. */
    SUSPECTED,

    /** Too many began at once: somebody lets it go on. */
    HELD,

    ACTIVE,
    ENDED
  }

  /** How it came to its end. */
  public enum Ending {
    /** The account was in a better tier for three judged days. */
    RECOVERED,

    /** The customer is lost. */
    CHURNED,

    /** The account was closed. */
    CLOSED,

    /** It was held, and when it was let go the account was not as it had been. */
    LAPSED,

    /** It was held, and somebody did not want it. */
    DISCARDED,

    /** There is no such playbook any more. */
    WITHDRAWN
  }

  /**
   * How far it has come.
   *
   * @param storm by which it is or was held
   * @param betterOn the day on which the account came into a better tier, where it still is
   * @param outcome the last that followed, and its day
   */
  public record Progress(
      State state,
      Optional<Long> storm,
      OptionalInt betterOn,
      Optional<Instant> endedAt,
      Optional<Ending> ending,
      Optional<Outcome> outcome,
      OptionalInt outcomeOn) {
    static final Progress BEGUN =
        new Progress(
            State.ACTIVE,
            Optional.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty());

    Progress in(State next) {
      return new Progress(next, storm, betterOn, endedAt, ending, outcome, outcomeOn);
    }

    Progress heldBy(long by) {
      return new Progress(
          State.HELD, Optional.of(by), betterOn, endedAt, ending, outcome, outcomeOn);
    }

    Progress better(OptionalInt on) {
      return new Progress(state, storm, on, endedAt, ending, outcome, outcomeOn);
    }

    Progress ended(Instant at, Ending how) {
      return new Progress(
          State.ENDED,
          storm,
          OptionalInt.empty(),
          Optional.of(at),
          Optional.of(how),
          outcome,
          outcomeOn);
    }

    Progress followedBy(Optional<Outcome> what, OptionalInt on) {
      return new Progress(state, storm, betterOn, endedAt, ending, what, on);
    }
  }

  /** Whether it has not come to its end. */
  public boolean isOpen() {
    return progress.state != State.ENDED;
  }

  Run with(Progress next) {
    return with(cause, next);
  }

  Run with(Cause why, Progress next) {
    return new Run(
        id,
        playbook,
        version,
        persistenceId,
        account,
        why,
        tier,
        beganAt,
        beganOn,
        noticedAt,
        next);
  }
}
