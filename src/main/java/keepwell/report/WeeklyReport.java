package keepwell.report;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * What has happened to the accounts that are open in seven days and today, and what is ahead; also
 * its public JSON. Amounts are worth a year, days are those of the installation's zone.
 *
 * @param from the start of the day a week ago, product time
 * @param to now, product time
 * @param headline sentences that say what matters most
 * @param tiers how many accounts each has, best first; those without a tier come last
 * @param entered who moved into each tier but the best, worst first
 * @param fell whose score fell most
 * @param rose whose score rose most
 * @param runs of playbooks that began, most first
 * @param held what playbooks would do, and a storm holds
 */
public record WeeklyReport(
    Instant from,
    Instant to,
    List<String> headline,
    List<Band> tiers,
    List<Entered> entered,
    List<Line> fell,
    List<Line> rose,
    Renewals renewals,
    Tasks tasks,
    List<Runs> runs,
    List<Held> held) {

  /**
   * A tier.
   *
   * @param rank its place in its scorecard: {@code best}, {@code next}, {@code between} or {@code
   *     worst}; {@code past} if no scorecard has it any more
   */
  public record Tier(String key, String name, String rank) {}

  /** A number of accounts, and what they are worth. */
  public record Sum(long accounts, double arr) {}

  /**
   * The accounts of a tier.
   *
   * @param tier null for none
   * @param weekAgo null if it is not known
   * @param change since then; null if it is not known
   */
  public record Band(Tier tier, Sum now, Sum weekAgo, Sum change) {
    static Band of(Tier tier, Sum now, Sum weekAgo) {
      return new Band(
          tier,
          now,
          weekAgo,
          weekAgo == null ? null : new Sum(now.accounts - weekAgo.accounts, now.arr - weekAgo.arr));
    }
  }

  /** Who moved into a tier and is still there, those worth most first. */
  public record Entered(Tier tier, Sum all, List<Line> items) {}

  /**
   * An account.
   *
   * @param owner null for nobody
   * @param from its tier before
   * @param since when it has its tier
   * @param change of its score in the seven days up to when it published last
   * @param why what takes most of its score
   */
  public record Line(
      String account,
      String name,
      String owner,
      Tier tier,
      Tier from,
      Instant since,
      Double score,
      Double change,
      Double arr,
      LocalDate renewal,
      Why why) {}

  /** The one of the two that it is has a key. */
  public record Why(String metric, String adjustment, String name, double lost) {}

  /** Who renews within so many days and is not in the best tier, the first to renew first. */
  public record Renewals(int withinDays, Sum all, List<Line> items) {}

  /**
   * What is to be done.
   *
   * @param done in the week
   * @param items those overdue, the oldest first
   */
  public record Tasks(long done, long overdue, List<Overdue> items) {}

  /**
   * A task that was to be done.
   *
   * @param owner null for nobody
   */
  public record Overdue(
      long id, String account, String name, String title, String owner, Instant dueAt) {}

  /** How many runs of a playbook began. */
  public record Runs(String playbook, String name, long runs) {}

  /**
   * A storm that holds runs.
   *
   * @param cause {@code many} or {@code silence}
   * @param signal that has gone silent; null if none has
   */
  public record Held(long storm, String cause, String signal, Instant since, long accounts) {}
}
