package keepwell.account;

import akka.actor.typed.ActorRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import keepwell.health.Answer;
import keepwell.health.Recorded;
import keepwell.health.ScoreOverride;
import keepwell.health.Signal;

/**
 * What an account can be told. Every command but the last names the account, whose actor knows only
 * a hash of it.
 */
sealed interface Command {

  /** Takes signals; answered once they are stored. */
  record RecordSignals(
      String account, List<Signal> signals, boolean quiet, ActorRef<Recorded> replyTo)
      implements Command {}

  /** Sets labels, and removes those without a value. */
  record SetLabels(String account, Map<String, Optional<String>> labels, ActorRef<Answer> replyTo)
      implements Command {}

  /**
   * Shows how the account stands.
   *
   * @param asOf another day than today
   */
  record ShowStanding(String account, Optional<Integer> asOf, ActorRef<Answer> replyTo)
      implements Command {}

  /** Holds the score within bounds. */
  record SetOverride(String account, ScoreOverride override, ActorRef<Answer> replyTo)
      implements Command {}

  /** Takes the override back that holds, if there is one. */
  record RemoveOverride(String account, ActorRef<Answer> replyTo) implements Command {}

  /**
   * Shows the account day by day.
   *
   * @param days how many, today included
   */
  record ShowHistory(String account, int days, ActorRef<Answer> replyTo) implements Command {}

  /** Explains how the account came to stand as it does. */
  record Explain(String account, ActorRef<Answer> replyTo) implements Command {}

  /** Erases the account. */
  record Erase(String account, ActorRef<Answer> replyTo) implements Command {}

  /** Leaves memory. */
  enum Passivate implements Command {
    INSTANCE
  }
}
