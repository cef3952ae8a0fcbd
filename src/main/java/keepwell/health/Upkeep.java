package keepwell.health;

import java.util.List;
import keepwell.health.Decider.Moment;

/** Decides what becomes of an account that nobody asks: when days are over, or scorecards new. */
public final class Upkeep {
  private Upkeep() {}

  /**
   * Settles a day that is over, and publishes what it has done, as at the start of the next. An
   * account that is not due any more is left as it is.
   *
   * @param day counted from 1970-01-01
   */
  public static Decision<Answer> review(Account account, int day, Moment moment) {
    Listing listing = account.listing;
    if (!account.exists() || listing.closed() || listing.reviewOn() > day) {
      return new Decision<>(List.of(), new Reviewed(false));
    }
    Moment over = listing.exists() ? moment.atStartOf(day + 1, account.days) : moment;
    return new Decision<>(settled(account, over), new Reviewed(true));
  }

  /**
   * Settles by the scorecards in force, and publishes where the account's own is another one than
   * that by which it was settled last. Done again it changes nothing.
   */
  public static Decision<Answer> rescore(Account account, Moment moment) {
    boolean due = account.exists() && moment.rescores(account);
    return new Decision<>(due ? settled(account, moment) : List.of(), new Reviewed(due));
  }

  private static List<AccountEvent> settled(Account account, Moment moment) {
    Settling settling = Settling.upTo(moment, account);
    settling.publish();
    return settling.events();
  }
}
