package keepwell.health;

import java.util.List;
import keepwell.health.Decider.Moment;

/**
 * Decides what becomes of an account that nobody asks: when days are over, or scorecards or
 * thresholds new.
 */
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
   * that by which it was settled last, or a threshold makes it due. Done again it changes nothing.
   */
  public static Decision<Answer> rescore(Account account, Moment moment) {
    boolean rescored = account.exists() && moment.rescores(account);
    boolean watched = !moment.thresholds().scores().isEmpty() && !account.listing.closed();
    List<AccountEvent> events = rescored || watched ? settled(account, moment) : List.of();
    return new Decision<>(events, new Reviewed(rescored || !events.isEmpty()));
  }

  private static List<AccountEvent> settled(Account account, Moment moment) {
    Settling settling = Settling.upTo(moment, account);
    settling.publish(true);
    return settling.events();
  }
}
