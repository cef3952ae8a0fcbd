package keepwell.report;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Numbers and days as people read them. */
final class Figures {
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
  private static final DateTimeFormatter LONG_DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

  private Figures() {}

  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number).replace('-', '−');
  }

  /** "1 account", "2 accounts". */
  static String count(long number, String what) {
    return count(number) + " " + what + (number == 1 ? "" : "s");
  }

  /** To a whole one; empty if it is not known. */
  static String amount(Double amount) {
    return amount == null ? "" : count(Math.round(amount));
  }

  /** With its sign; ± for none. */
  static String change(double number) {
    long whole = Math.round(number);
    return whole == 0 ? "±0" : (whole > 0 ? "+" : "") + count(whole);
  }

  /** To a tenth; empty if there is none. */
  static String score(Double score) {
    return score == null ? "" : tenths(score);
  }

  /** With its sign; empty if it is not known. */
  static String points(Double points) {
    return points == null ? "" : (points > 0 ? "+" : "") + tenths(points);
  }

  private static String tenths(double number) {
    return String.format(Locale.ROOT, "%.1f", Math.round(number * 10) / 10.0).replace('-', '−');
  }

  static String day(LocalDate day) {
    return DAY.format(day);
  }

  static String day(Instant at, ZoneId zone) {
    return DAY.format(at.atZone(zone));
  }

  static String longDay(Instant at, ZoneId zone) {
    return LONG_DAY.format(at.atZone(zone));
  }

  static String longDay(LocalDate day) {
    return LONG_DAY.format(day);
  }

  /** "a, b or c". */
  static String joined(List<String> all, String last) {
    int end = all.size() - 1;
    return end < 1
        ? String.join("", all)
        : String.join(", ", all.subList(0, end)) + " " + last + " " + all.get(end);
  }
}
