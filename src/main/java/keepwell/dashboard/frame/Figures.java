package keepwell.dashboard.frame;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import keepwell.http.Tenths;

/** Numbers and days as people read them. */
public final class Figures {
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
  private static final DateTimeFormatter DAY_AND_YEAR =
      DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);
  private static final DateTimeFormatter LONG_DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);
  private static final double LARGE = 1e12;

  private Figures() {}

  /** With one decimal. */
  public static String score(double score) {
    return Tenths.shown(Tenths.tenths(score));
  }

  /** With its sign and one decimal, and an arrow that says the same. */
  public static String trend(double points) {
    long tenths = Tenths.tenths(Math.abs(points)) * (points < 0 ? -1 : 1);
    return tenths == 0 ? "→ 0.0" : (tenths > 0 ? "↗ " : "↘ ") + Tenths.signed(tenths);
  }

  /** Points with their sign and one decimal. */
  public static String change(double points) {
    long tenths = Tenths.tenths(Math.abs(points)) * (points < 0 ? -1 : 1);
    return tenths == 0 ? "0.0" : Tenths.signed(tenths);
  }

  /** How many more, or fewer. */
  public static String grown(long number) {
    return number == 0 ? "±0" : (number < 0 ? "−" : "+") + count(Math.abs(number));
  }

  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** "1 account", "2 accounts". */
  public static String count(long number, String what) {
    return count(number) + " " + what + (number == 1 ? "" : "s");
  }

  public static String percent(double share) {
    return score(100 * share) + "%";
  }

  /** In two or three digits, e.g. 52k; what is added up of such amounts keeps its size. */
  public static String compact(double amount) {
    double size = Math.abs(amount);
    String sign = amount < 0 ? "−" : "";
    if (size < 999.5) {
      return sign + Math.round(size);
    }
    if (size < 999_500) {
      return sign + digits(size / 1e3) + "k";
    }
    return sign + (size < 999.5e6 ? digits(size / 1e6) + "M" : digits(size / 1e9) + "B");
  }

  private static String digits(double number) {
    return String.format(Locale.ROOT, number < 9.95 ? "%.1f" : "%,.0f", number);
  }

  /** Whatever was measured, with two decimals at most. */
  public static String value(double number) {
    String format = Math.abs(number) < LARGE ? "#,##0.##" : "0.##E0";
    String text =
        new DecimalFormat(format, DecimalFormatSymbols.getInstance(Locale.ROOT)).format(number);
    return text.equals("-0") ? "0" : text.replace('-', '−');
  }

  /** A day, with its year if that is not today's. */
  public static String day(int day, int today) {
    LocalDate date = LocalDate.ofEpochDay(day);
    boolean sameYear = date.getYear() == LocalDate.ofEpochDay(today).getYear();
    return date.format(sameYear ? DAY : DAY_AND_YEAR);
  }

  /** A day with its year, however near it is. */
  public static String dayAndYear(int day) {
    return LocalDate.ofEpochDay(day).format(DAY_AND_YEAR);
  }

  /** Rounded up: to tens of seconds, minutes, or hours from two on. */
  public static String duration(long seconds) {
    if (seconds <= 50) {
      return count(up(seconds, 10) * 10, "second");
    }
    long minutes = up(seconds, 60);
    return minutes < 120 ? count(minutes, "minute") : count(up(minutes, 60), "hour");
  }

  private static long up(long number, long unit) {
    return (number + unit - 1) / unit;
  }

  /** A day in full. */
  public static String longDay(int day) {
    return LocalDate.ofEpochDay(day).format(LONG_DAY);
  }

  /** How far away a day is. */
  public static String distance(int day, int today) {
    int days = day - today;
    if (days == 0) {
      return "today";
    }
    return days > 0 ? "in " + count(days, "day") : count(-days, "day") + " ago";
  }
}
