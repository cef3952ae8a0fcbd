package keepwell.account;

import akka.actor.typed.ActorRef;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import keepwell.account.Command.Judge;
import keepwell.account.Command.Preview;
import keepwell.account.Command.Rescore;
import keepwell.account.Command.Retrace;
import keepwell.account.Command.Review;
import keepwell.health.Answer;
import keepwell.health.Judged;

/**
 * Accounts, for those who go through all of them though nobody asks for one: they know only what an
 * account is called in the journal.
 */
public final class Rounds {
  private final Asking asking;

  /** How an account is asked. */
  @FunctionalInterface
  interface Asking {
    CompletionStage<Answer> ask(String entityId, Function<ActorRef<Answer>, Command> command);
  }

  Rounds(Asking asking) {
    this.asking = asking;
  }

  /**
   * Lets an account publish what time has done to it.
   *
   * @param persistenceId of the account
   * @param day that is over, counted from 1970-01-01
   */
  public CompletionStage<Answer> review(String persistenceId, int day) {
    return asking.ask(entityId(persistenceId), replyTo -> new Review(day, replyTo));
  }

  /**
   * Lets an account settle by new scorecards, and publish what they have done to it, and what the
   * thresholds that its node knows make due.
   *
   * @param persistenceId of the account
   * @param version of the scorecards
   */
  public CompletionStage<Answer> rescore(String persistenceId, int version) {
    return asking.ask(entityId(persistenceId), replyTo -> new Rescore(version, replyTo));
  }

  /**
   * How an account would stand by drafts of scorecards; nothing is changed.
   *
   * @param persistenceId of the account
   * @param version of the scorecards that they are compared with
   * @param drafts what they are known by
   * @param leasts for each pair the difference of scores from which on it is to be explained
   */
  public CompletionStage<Answer> preview(
      String persistenceId, int version, List<String> drafts, List<Double> leasts) {
    return asking.ask(
        entityId(persistenceId), replyTo -> new Preview(version, drafts, leasts, replyTo));
  }

  /**
   * What became of an account, and what scorecards had said before; nothing is changed.
   *
   * @param persistenceId of the account
   * @param version of the scorecards in force
   * @param drafts that are judged too, by what they are known by
   */
  public CompletionStage<Answer> judge(
      String persistenceId, int version, List<String> drafts, Judged.Terms terms) {
    return asking.ask(
        entityId(persistenceId), replyTo -> new Judge(version, drafts, terms, replyTo));
  }

  /**
   * What an account has been through; nothing is changed.
   *
   * @param persistenceId of the account
   * @param days how many, today included
   */
  public CompletionStage<Answer> retrace(String persistenceId, int days) {
    return asking.ask(entityId(persistenceId), replyTo -> new Retrace(days, replyTo));
  }

  private static String entityId(String persistenceId) {
    return persistenceId.substring(AccountEntity.PREFIX.length());
  }
}
