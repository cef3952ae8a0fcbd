package keepwell.dashboard.account;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import keepwell.dashboard.frame.Figures;
import keepwell.health.Days;
import keepwell.health.Signal;
import keepwell.portfolio.SignalLog.Found;

/**
 * Signals of an account, the latest first.
 *
 * @param note what else there is to say of them; empty for nothing
 * @param last when the latest happened; empty for none
 */
record SignalList(List<Row> rows, String note, String last) {
  private static final String RENEWAL = "renewal-date";

  /**
   * A signal.
   *
   * @param value empty where it is just 1
   * @param whose by whom, and on what; empty if nobody said that
   */
  record Row(String signal, String at, String value, String whose) {}

  /**
   * @param dates whether their values are days
   * @param now product time
   */
  static SignalList of(Found found, boolean dates, Days days, Instant now) {
    Names users = new Names("user", new HashMap<>());
    Names items = new Names("item", new HashMap<>());
    List<Row> rows =
        found.signals().stream()
            .map(
                signal ->
                    new Row(
                        signal.key(),
                        at(signal.at(), days, now),
                        value(signal, dates),
                        users.of("by", signal.user())
                            + (signal.user() == 0 || signal.item() == 0 ? "" : ", ")
                            + items.of("on", signal.item())))
            .toList();
    return new SignalList(rows, note(found, rows), rows.isEmpty() ? "" : rows.get(0).at());
  }

  private static String note(Found found, List<Row> rows) {
    String numbered =
        rows.stream().anyMatch(row -> !row.whose().isEmpty())
            ? "Who and on what is only kept as a code, so they are numbered here. "
            : "";
    String older = found.all() ? "" : "Only the newest records were looked at.";
    return (numbered + older).strip();
  }

  /** What people and things are called that are known by a code only. */
  private record Names(String what, Map<Long, Integer> known) {
    String of(String how, long code) {
      return code == 0
          ? ""
          : "%s %s %d".formatted(how, what, known.computeIfAbsent(code, first -> known.size() + 1));
    }
  }

  private static String value(Signal signal, boolean dates) {
    double value = signal.value();
    if ((dates || signal.key().equals(RENEWAL)) && Math.abs(value) < 1e6) {
      return LocalDate.ofEpochDay((long) value).toString();
    }
    return value == 1 ? "" : Figures.value(value);
  }

  /** How long ago, if that is not long; else the day, and the time if it is not just the day. */
  private static String at(Instant at, Days days, Instant now) {
    long minutes = Duration.between(at, now).toMinutes();
    if (minutes >= 0 && minutes < 60) {
      return minutes == 0 ? "just now" : minutes + " min ago";
    }
    LocalTime time = days.time(at);
    String day = Figures.day(days.of(at), days.of(now));
    return time.equals(LocalTime.MIDNIGHT)
        ? day
        : "%s %02d:%02d".formatted(day, time.getHour(), time.getMinute());
  }
}
