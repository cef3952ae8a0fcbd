package keepwell.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import keepwell.report.WeeklyReport.Band;
import keepwell.report.WeeklyReport.Entered;
import keepwell.report.WeeklyReport.Renewals;
import keepwell.report.WeeklyReport.Sum;
import keepwell.report.WeeklyReport.Tasks;
import keepwell.report.WeeklyReport.Tier;

/** What matters most in a week, in plain English. */
final class Headline {
  private Headline() {}

  /**
   * @param best the names of the best tiers
   */
  static List<String> of(
      List<String> best, List<Band> tiers, List<Entered> entered, Renewals renewals, Tasks tasks) {
    List<String> sentences = new ArrayList<>();
    if (!entered.isEmpty()) {
      sentences.add(became(entered));
      Tier worst = entered.get(0).tier();
      tiers.stream()
          .filter(band -> worst.equals(band.tier()))
          .filter(band -> band.weekAgo() != null)
          .map(Headline::now)
          .forEach(sentences::add);
    }
    sentences.add(ahead(best, renewals) + "; " + overdue(tasks.overdue()) + ".");
    return sentences;
  }

  private static String became(List<Entered> entered) {
    List<Entered> some = entered.stream().filter(one -> one.all().accounts() > 0).toList();
    if (some.isEmpty()) {
      List<String> names = new ArrayList<>();
      entered.forEach(one -> names.add(0, one.tier().name()));
      return "No account became " + Figures.joined(names, "or") + " this week.";
    }
    String others =
        some.stream()
            .skip(1)
            .map(
                one ->
                    ", and "
                        + Figures.count(one.all().accounts())
                        + worth(one.all(), "")
                        + " became "
                        + one.tier().name())
            .collect(Collectors.joining());
    Entered worst = some.get(0);
    return accounts(worst.all()) + " became " + worst.tier().name() + " this week" + others + ".";
  }

  private static String now(Band band) {
    long change = band.change().accounts();
    return "%s %s %s now%s: %s a week ago."
        .formatted(
            Figures.count(band.now().accounts()),
            band.now().accounts() == 1 ? "is" : "are",
            band.tier().name(),
            Math.round(band.now().arr()) == 0
                ? ""
                : ", worth " + Figures.amount(band.now().arr()) + " a year",
            change == 0
                ? "as many as"
                : Figures.count(Math.abs(change)) + (change > 0 ? " more than" : " fewer than"));
  }

  private static String ahead(List<String> best, Renewals renewals) {
    String within = " within %d days".formatted(renewals.withinDays());
    String names = Figures.joined(best, "or");
    return renewals.all().accounts() == 0
        ? "No account that is not " + names + " renews" + within
        : "%s %s%s and %s not %s"
            .formatted(
                accounts(renewals.all()),
                renewals.all().accounts() == 1 ? "renews" : "renew",
                within,
                renewals.all().accounts() == 1 ? "is" : "are",
                names);
  }

  private static String overdue(long tasks) {
    if (tasks == 0) {
      return "no task is overdue";
    }
    return Figures.count(tasks, "task") + (tasks == 1 ? " is" : " are") + " overdue";
  }

  private static String accounts(Sum sum) {
    return Figures.count(sum.accounts(), "account") + worth(sum, " a year");
  }

  private static String worth(Sum sum, String time) {
    return Math.round(sum.arr()) == 0 ? "" : " worth " + Figures.amount(sum.arr()) + time;
  }
}
