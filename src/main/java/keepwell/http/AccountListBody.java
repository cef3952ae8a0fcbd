package keepwell.http;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import keepwell.health.AccountEvent.Loss;
import keepwell.portfolio.Listed;
import keepwell.portfolio.Portfolio;

/** A page of accounts as public JSON. */
record AccountListBody(List<AccountBody> items, String next, int total, boolean totalIsExact) {

  /**
   * An account, as it published last.
   *
   * @param why what takes most of its score away
   * @param renewal the day up to which it is sure to stay
   * @param reviewOn the day after which it is looked at, if nothing happens until then
   */
  record AccountBody(
      String account,
      Map<String, String> labels,
      Double score,
      String tier,
      Instant tierSince,
      String previousTier,
      Map<String, Double> trend,
      WhyBody why,
      Double arr,
      LocalDate renewal,
      LocalDate reviewOn,
      Instant publishedAt,
      Instant closed) {

    static AccountBody of(Listed listed) {
      return new AccountBody(
          listed.account(),
          listed.labels(),
          listed.score().orElse(null),
          listed.tier().orElse(null),
          listed.tierSince().orElse(null),
          listed.previousTier().orElse(null),
          StandingBody.trend(listed.trend7().orElse(null), listed.trend30().orElse(null)),
          listed.loss().map(WhyBody::of).orElse(null),
          listed.arr().orElse(null),
          listed.renewalOn().map(LocalDate::ofEpochDay).orElse(null),
          day(listed.reviewOn()),
          listed.publishedAt().orElse(null),
          listed.closedAt().orElse(null));
    }

    /** Null if it never comes, or has not been told yet. */
    private static LocalDate day(int day) {
      return day == Integer.MAX_VALUE || day == Integer.MIN_VALUE
          ? null
          : LocalDate.ofEpochDay(day);
    }
  }

  /**
   * @param metric its key, or null
   * @param adjustment its key, or null
   */
  record WhyBody(String metric, String adjustment, String name, double lost) {
    static WhyBody of(Loss loss) {
      return new WhyBody(
          loss.metric() ? loss.key() : null,
          loss.metric() ? null : loss.key(),
          loss.name(),
          loss.points());
    }
  }

  static AccountListBody of(Portfolio.Page page) {
    return new AccountListBody(
        page.accounts().stream().map(AccountBody::of).toList(),
        page.next().orElse(null),
        Math.min(page.total(), Portfolio.TOTAL_MAX),
        page.total() <= Portfolio.TOTAL_MAX);
  }
}
