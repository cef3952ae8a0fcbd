package keepwell.dashboard.truth;

import java.util.List;
import java.util.stream.Stream;
import keepwell.http.ValidationQuery;

/**
 * The page, before its figures are there.
 *
 * @param feed the id of the last tier change that is surely in it
 * @param version of the scorecards in force
 * @param segments those of accounts that are open, to choose from
 * @param owners the same of them
 */
record TruthPage(long feed, Asked asked, int version, List<String> segments, List<String> owners) {
  private static final List<String> HORIZONS = List.of("P14D", "P30D", "P60D", "P90D", "P180D");

  /**
   * How far before their outcomes accounts may be scored.
   *
   * @param days for people
   */
  record Horizon(String period, String days, boolean chosen) {}

  /** The usual ones, and the one that is asked for. */
  List<Horizon> horizons() {
    String asked =
        asked().value("horizon").isEmpty()
            ? "P" + ValidationQuery.HORIZON_DAYS + "D"
            : asked().value("horizon");
    return Stream.concat(HORIZONS.stream(), Stream.of(asked))
        .distinct()
        .map(period -> new Horizon(period, days(period) + " days", period.equals(asked)))
        .toList();
  }

  private static String days(String period) {
    return period.substring(1, period.length() - 1);
  }
}
