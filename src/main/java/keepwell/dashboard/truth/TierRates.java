package keepwell.dashboard.truth;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import keepwell.dashboard.frame.Figures;
import keepwell.dashboard.frame.Tiers;
import keepwell.health.Scorecards;
import keepwell.http.FiguresBody.TierBody;
import keepwell.truth.Expectation;

/**
 * Of how many accounts in each tier of a scorecard the customers renewed, against what is expected.
 *
 * @param scorecard its name; empty if there is no other
 * @param tiers best first; empty if no account was scored by it
 */
record TierRates(String scorecard, List<Rate> tiers) {

  /**
   * Of a tier. Places and widths are in percent of a bar of all shares.
   *
   * @param rate empty without accounts
   * @param expected for people
   * @param met what it has to do with that: {@code met}, {@code above}, {@code below} or {@code
   *     none}
   * @param perhaps whether chance may have done that, as what is expected lies in the interval
   * @param says the same in words
   */
  record Rate(
      Tiers.Mark tier,
      String rate,
      String interval,
      String accounts,
      double width,
      double low,
      double span,
      double expectedFrom,
      double expectedWidth,
      String expected,
      String met,
      boolean perhaps,
      String says) {
    boolean isKnown() {
      return !rate.isEmpty();
    }

    /** Says what the bar draws. */
    String words() {
      return isKnown()
          ? "%s renewed, interval %s, expected %s".formatted(rate, interval, expected)
          : "No account, expected " + expected;
    }
  }

  /** Of each scorecard. */
  static List<TierRates> of(List<TierBody> rates, Scorecards scorecards) {
    Map<String, List<TierBody>> byScorecard =
        rates.stream().collect(Collectors.groupingBy(TierBody::scorecard));
    boolean several = scorecards.scorecards().size() > 1;
    List<TierRates> all = new ArrayList<>();
    scorecards
        .scorecards()
        .forEach(
            card -> {
              Tiers tiers = Tiers.of(card.tiers());
              List<TierBody> own = byScorecard.getOrDefault(card.key(), List.of());
              boolean any = own.stream().anyMatch(rate -> rate.accounts() > 0);
              all.add(
                  new TierRates(
                      several ? card.name() : "",
                      any ? own.stream().map(rate -> rate(rate, tiers)).toList() : List.of()));
            });
    return all;
  }

  private static Rate rate(TierBody rate, Tiers tiers) {
    Expectation expected = rate.expected();
    boolean any = rate.renewalRate() != null;
    double share = any ? rate.renewalRate() : 0;
    double low = any ? rate.low() : 0;
    double high = any ? rate.high() : 0;
    String met = met(rate);
    boolean perhaps = low <= expected.to() && high >= expected.from();
    return new Rate(
        tiers.of(Optional.of(rate.tier())),
        any ? Figures.percent(share) : "",
        any ? whole(low) + " to " + whole(high) + "%" : "",
        Figures.count(rate.accounts()),
        100 * share,
        100 * low,
        100 * (high - low),
        100 * expected.from(),
        100 * (expected.to() - expected.from()),
        expected(expected),
        met,
        perhaps,
        says(met, perhaps));
  }

  private static String expected(Expectation expected) {
    if (expected.to() == 1) {
      return "≥ " + whole(expected.from()) + "%";
    }
    return expected.from() == 0
        ? "< " + whole(expected.to()) + "%"
        : whole(expected.from()) + " to " + whole(expected.to()) + "%";
  }

  private static String whole(double share) {
    return Long.toString(Math.round(100 * share));
  }

  private static String met(TierBody rate) {
    if (rate.asExpected() == null) {
      return "none";
    }
    if (rate.asExpected()) {
      return "met";
    }
    return rate.renewalRate() < rate.expected().from() ? "below" : "above";
  }

  private static String says(String met, boolean perhaps) {
    return switch (met) {
      case "met" -> "as expected";
      case "none" -> "no account";
      default ->
          (met.equals("below") ? "fewer" : "more") + (perhaps ? ", or chance" : " than expected");
    };
  }
}
