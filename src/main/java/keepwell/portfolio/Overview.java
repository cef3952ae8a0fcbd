package keepwell.portfolio;

import java.util.List;
import java.util.Optional;

/**
 * The sums over accounts that are open.
 *
 * @param asOf today, counted from 1970-01-01
 * @param all over all accounts
 * @param groups over those that have a value of a label, those worth most first, {@link
 *     #GROUPS_MAX} at most; none if that was not asked for
 * @param groupCount how many values there are
 */
public record Overview(int asOf, Group all, List<Group> groups, int groupCount) {
  public static final int GROUPS_MAX = 100;

  /** How far ahead renewals are summed up. */
  public static final List<Integer> RENEWALS_WITHIN_DAYS = List.of(30, 60, 90);

  /** How many days are told of, for all accounts. */
  static final int DAYS = 90;

  /** The same for each group: there are many. */
  static final int GROUP_DAYS = 30;

  /**
   * Some accounts.
   *
   * @param value of the label that they have; empty for all accounts
   * @param bands their tiers
   * @param moves within 30 days
   * @param days what the bands were, day by day, the oldest first; those whose reviews are done
   * @param renewals within 90 days
   */
  public record Group(
      String value, List<Band> bands, List<Move> moves, List<Day> days, List<Renewal> renewals) {}

  /**
   * The accounts of a tier.
   *
   * @param tier empty for none
   * @param arr what they are worth a year
   */
  public record Band(Optional<String> tier, long accounts, double arr) {}

  /** How many accounts moved from a tier to another in the last 7 and 30 days, today included. */
  public record Move(String from, String to, long in7Days, long in30Days) {}

  /**
   * @param day counted from 1970-01-01
   */
  public record Day(int day, List<Band> bands) {}

  /** The accounts of a tier that renew within so many days from today. */
  public record Renewal(int withinDays, Band band) {}
}
