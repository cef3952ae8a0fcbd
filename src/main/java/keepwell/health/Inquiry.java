package keepwell.health;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import keepwell.health.Decider.Moment;
import keepwell.health.Refusal.Code;

/**
 * Answers a question about an account, at one moment. The days that have elapsed are settled first,
 * so that a question may store events: what time has done to the account.
 */
public final class Inquiry {
  /** Over how many days it is explained how an account came to stand as it does. */
  public static final List<Integer> OVER_DAYS = List.of(7, 30);

  private Inquiry() {}

  /**
   * How the account stands.
   *
   * @param asOf another day than today, past or future
   */
  public static Decision<Answer> standing(Account account, Optional<Integer> asOf, Moment moment) {
    return settled(
        account,
        moment,
        (settled, today) ->
            asOf.map(day -> Explanation.on(day, settled, moment.scorecards()))
                .orElseGet(() -> Explanation.today(today, settled, moment.scorecards())));
  }

  /**
   * The account day by day.
   *
   * @param days how many, today included; 1 to {@value History#DAYS_MAX}
   */
  public static Decision<Answer> history(Account account, int days, Moment moment) {
    return settled(
        account, moment, (settled, today) -> History.of(settled, moment.scorecards(), today, days));
  }

  /**
   * How the account stands and how it came to that.
   *
   * @param overDays over how many days changes are explained
   * @param inForce the scorecards that were in force just before an instant, if any were: days
   *     before the installation are scored by today's
   */
  public static Decision<Answer> explanation(
      Account account,
      List<Integer> overDays,
      Function<Instant, Optional<Scorecards>> inForce,
      Moment moment) {
    return settled(
        account,
        moment,
        (settled, today) -> {
          Scorecards now = moment.scorecards();
          return new Explained(
              Explanation.today(today, settled, now),
              overDays.stream()
                  .map(
                      days -> {
                        Instant firstOver = settled.days.start(today - days + 1);
                        Scorecards then = inForce.apply(firstOver).orElse(now);
                        return ScoreChange.of(settled, then, now, today, days);
                      })
                  .toList(),
              now.of(settled.labels).map(Scorecard::tiers).orElse(List.of()));
        });
  }

  /** What became of the account, as far as it was told. */
  public static Decision<Answer> outcomes(Account account) {
    return Decision.of(account.exists() ? account.outcomes : Refusal.of(Code.ACCOUNT_UNKNOWN, ""));
  }

  /**
   * How the account would stand by several scorecards. It is not even settled.
   *
   * @param leasts for each pair of them the difference of scores from which on it is explained
   */
  public static Decision<Answer> preview(
      Account account, List<Scorecards> by, List<Double> leasts, Moment moment) {
    int today = account.days.of(moment.now());
    return new Decision<>(List.of(), Previewed.of(account, today, by, leasts));
  }

  /**
   * What the account has been through. Nothing of what time has done to it is stored.
   *
   * @param days how many, today included
   */
  public static Decision<Answer> retrace(Account account, int days, Moment moment) {
    return new Decision<>(List.of(), Retracing.of(account, days, moment));
  }

  /**
   * What became of the account, and what scorecards had said before. Nothing that was sent after
   * the day that is scored is looked at.
   */
  public static Decision<Answer> judge(Account account, List<Scorecards> by, Judged.Terms terms) {
    return Decision.of(Judging.of(account, by, terms));
  }

  private static Decision<Answer> settled(
      Account account, Moment moment, BiFunction<Account, Integer, Answer> question) {
    if (!account.exists()) {
      return new Decision<>(List.of(), Refusal.of(Code.ACCOUNT_UNKNOWN, ""));
    }
    Settling settling = Settling.upTo(moment, account);
    settling.publish();
    return new Decision<>(settling.events(), question.apply(settling.account(), settling.today()));
  }
}
