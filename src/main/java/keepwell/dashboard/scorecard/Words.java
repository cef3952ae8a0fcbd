package keepwell.dashboard.scorecard;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import keepwell.dashboard.frame.Figures;
import keepwell.health.Adjustment;
import keepwell.health.Measure;

/** What is read off an account, in words, with the signals that are named in it. */
record Words(List<Piece> pieces) {

  /**
   * @param signal whether it is the key of one
   * @param never whether that is one which no account has ever sent
   */
  record Piece(String text, boolean signal, boolean never) {}

  /**
   * What a measure measures.
   *
   * @param seen the signals that some account has sent
   */
  static Words of(Measure measure, Set<String> seen) {
    List<Piece> pieces = new ArrayList<>(own(measure, seen));
    measure
        .per()
        .ifPresent(
            divisor -> {
              List<Piece> below = own(divisor, seen);
              pieces.add(text(", per " + uncapitalized(below.get(0).text())));
              pieces.addAll(below.subList(1, below.size()));
            });
    return new Words(pieces);
  }

  private static List<Piece> own(Measure measure, Set<String> seen) {
    int days = measure.windowDays();
    String within = days == 0 ? "" : " in " + Figures.count(days, "day");
    return switch (measure.of()) {
      case COUNT -> around("Number of ", measure, within, seen);
      case SUM -> around("Sum of ", measure, within, seen);
      case USERS -> around("Distinct users with ", measure, within, seen);
      case ITEMS -> around("Distinct items with ", measure, within, seen);
      case DAYS -> around("Days with ", measure, within, seen);
      case USER_DAYS -> around("Days of each user with ", measure, within + ", added up", seen);
      case MEAN -> around("Mean of ", measure, within, seen);
      case LATEST -> around("Latest ", measure, within, seen);
      case DAYS_SINCE -> around("Days since the last ", measure, within, seen);
      case DAYS_UNTIL -> around("Days until ", measure, within, seen);
      case TREND ->
          around(
              "Trend of ",
              measure,
              ": sum of %s over that of the %d before".formatted(Figures.count(days, "day"), days),
              seen);
      case SHIFT ->
          around(
              "Shift of ",
              measure,
              ": mean of %s less that of the %d before".formatted(Figures.count(days, "day"), days),
              seen);
      case CHANGE -> around("Change of ", measure, within + ", in percent", seen);
    };
  }

  private static List<Piece> around(
      String before, Measure measure, String after, Set<String> seen) {
    return List.of(text(before), signal(measure.signal(), seen), text(after));
  }

  /** When an adjustment adds its points. */
  static Words of(Adjustment adjustment, Set<String> seen) {
    String days = Figures.count(adjustment.windowDays(), "day");
    Piece signal = signal(adjustment.signal(), seen);
    if (adjustment.absent()) {
      return new Words(
          List.of(
              text("Once if there is no "),
              signal,
              text(" in %s, from an age of %s on".formatted(days, days))));
    }
    String cap =
        adjustment.cap().isPresent()
            ? ", %s at most".formatted(Numbers.shown(adjustment.cap().getAsDouble()))
            : "";
    return new Words(List.of(text("For each "), signal, text(" in " + days + cap)));
  }

  private static Piece text(String text) {
    return new Piece(text, false, false);
  }

  private static Piece signal(String key, Set<String> seen) {
    return new Piece(key, true, !seen.contains(key));
  }

  private static String uncapitalized(String text) {
    return Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }

  /** The same, and another sentence. */
  Words and(String sentence) {
    List<Piece> more = new ArrayList<>(pieces);
    more.add(text(". " + sentence));
    return new Words(more);
  }

  String plain() {
    return pieces.stream().map(Piece::text).collect(Collectors.joining());
  }
}
