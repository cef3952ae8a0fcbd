package keepwell.dashboard.truth;

import java.util.List;
import java.util.stream.Collectors;
import keepwell.dashboard.frame.Figures;
import keepwell.http.FiguresBody.BandBody;
import keepwell.portfolio.ShareInterval;

/**
 * How many of a hundred renewed, by ten points of the score, as a drawing. Both go from 0 to 100;
 * places are in percent of the drawing, from its upper left corner.
 *
 * @param says by how much they differ, in a sentence
 * @param points lowest score first
 */
record Reliability(String says, List<Point> points) {
  private static final double RADIUS_MIN = 3;
  private static final double RADIUS_MAX = 8;

  /**
   * Ten points of the score.
   *
   * @param top where the interval of the rate ends, and {@code bottom} where it begins
   * @param radius in pixels, by how many accounts there are
   * @param scores such as "80 to 90"
   */
  record Point(
      double x,
      double y,
      double top,
      double bottom,
      double radius,
      String scores,
      String score,
      String accounts,
      String rate,
      String interval) {}

  /**
   * @param error by how many points scores are off, in the mean; null without accounts
   */
  static Reliability of(List<BandBody> bands, Double error) {
    long most = bands.stream().mapToLong(BandBody::accounts).max().orElse(1);
    return new Reliability(
        error == null
            ? ""
            : "A score is %s points off how many of a hundred renewed, in the mean."
                .formatted(Figures.score(error)),
        bands.stream().map(band -> point(band, most)).toList());
  }

  private static Point point(BandBody band, long most) {
    ShareInterval rate = ShareInterval.of(band.renewed(), band.accounts(), Long.MAX_VALUE);
    double share = Math.sqrt((double) band.accounts() / most);
    return new Point(
        band.score(),
        100 * (1 - rate.share()),
        100 * (1 - rate.high()),
        100 * (1 - rate.low()),
        RADIUS_MIN + (RADIUS_MAX - RADIUS_MIN) * share,
        band.from() + " to " + band.to(),
        Figures.score(band.score()),
        Figures.count(band.accounts()),
        Figures.percent(rate.share()),
        "%.0f to %.0f%%".formatted(100 * rate.low(), 100 * rate.high()));
  }

  /** Says what is drawn. */
  String words() {
    return points.stream()
        .map(
            point ->
                "of scores %s, %s of %s renewed"
                    .formatted(point.scores(), point.rate(), point.accounts()))
        .collect(Collectors.joining("; ", "Renewal rate by score: ", "."));
  }
}
