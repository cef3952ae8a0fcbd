package keepwell.account;

import akka.actor.typed.ActorRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import keepwell.health.Answer;
import keepwell.health.Inquiry;
import keepwell.health.Judged;
import keepwell.health.OutcomeStatement;
import keepwell.health.ScoreOverride;
import keepwell.health.Signal;

/** What an account can be told. */
sealed interface Command {

  /** Whatever is answered, always and once. */
  sealed interface Answered extends Command {
    ActorRef<Answer> replyTo();
  }

  /**
   * Takes signals; answered once they are stored.
   *
   * @param account its id: the actor knows only a hash of it
   */
  record RecordSignals(
      String account, List<Signal> signals, boolean quiet, ActorRef<Answer> replyTo)
      implements Answered {}

  /** Sets labels, and removes those without a value. */
  record SetLabels(String account, Map<String, Optional<String>> labels, ActorRef<Answer> replyTo)
      implements Answered {}

  /**
   * Shows how the account stands.
   *
   * @param asOf another day than today
   */
  record ShowStanding(String account, Optional<Integer> asOf, ActorRef<Answer> replyTo)
      implements Answered {}

  /** Holds the score within bounds. */
  record SetOverride(String account, ScoreOverride override, ActorRef<Answer> replyTo)
      implements Answered {}

  /** Takes the override back that holds, if there is one. */
  record RemoveOverride(String account, ActorRef<Answer> replyTo) implements Answered {}

  /** Closes the account, or reopens it. */
  record Close(boolean closed, ActorRef<Answer> replyTo) implements Answered {}

  /**
   * Publishes what time has done to the account.
   *
   * @param day that is over
   */
  record Review(int day, ActorRef<Answer> replyTo) implements Answered {}

  /**
   * Settles the account by new scorecards.
   *
   * @param version by which it is to be settled, or by a later one
   */
  record Rescore(int version, ActorRef<Answer> replyTo) implements Answered {}

  /**
   * Shows how the account would stand by drafts of scorecards.
   *
   * @param version of the scorecards that they are compared with
   * @param drafts what they are known by
   * @param leasts for each pair the difference of scores from which on it is to be explained
   */
  record Preview(int version, List<String> drafts, List<Double> leasts, ActorRef<Answer> replyTo)
      implements Answered {}

  /**
   * Shows what became of the account, and what scorecards had said before.
   *
   * @param version of the scorecards in force
   * @param drafts that are judged too, by what they are known by
   */
  record Judge(int version, List<String> drafts, Judged.Terms terms, ActorRef<Answer> replyTo)
      implements Answered {}

  /**
   * Shows what the account has been through.
   *
   * @param days how many, today included
   */
  record Retrace(int days, ActorRef<Answer> replyTo) implements Answered {}

  /** Records what became of the account. */
  record RecordOutcomes(String account, List<OutcomeStatement> outcomes, ActorRef<Answer> replyTo)
      implements Answered {}

  /** Shows what became of the account. */
  record ShowOutcomes(ActorRef<Answer> replyTo) implements Answered {}

  /**
   * Shows the account day by day.
   *
   * @param days how many, today included
   */
  record ShowHistory(String account, int days, ActorRef<Answer> replyTo) implements Answered {}

  /**
   * Explains how the account came to stand as it does.
   *
   * @param overDays over how many days changes are explained
   */
  record Explain(String account, List<Integer> overDays, ActorRef<Answer> replyTo)
      implements Answered {
    public Explain {
      overDays = overDays == null ? Inquiry.OVER_DAYS : overDays; // an older node does not say it
    }
  }

  /** Erases the account. */
  record Erase(String account, ActorRef<Answer> replyTo) implements Answered {}

  /** Leaves memory. */
  enum Passivate implements Command {
    INSTANCE
  }
}
