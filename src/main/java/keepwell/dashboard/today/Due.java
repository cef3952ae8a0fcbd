package keepwell.dashboard.today;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import keepwell.dashboard.frame.Figures;
import keepwell.health.Days;

/**
 * When something was or is to be, seen from now.
 *
 * @param now product time
 */
record Due(Days days, Instant now) {
  private static final DateTimeFormatter TODAY =
      DateTimeFormatter.ofPattern("EEEE d MMMM", Locale.ENGLISH);
  private static final DateTimeFormatter WEEKDAY =
      DateTimeFormatter.ofPattern("EEE d MMM", Locale.ENGLISH);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
  private static final Duration DAY = Duration.ofDays(1);

  /** In which part of the list a task is. */
  enum When {
    OVERDUE("Overdue"),
    TODAY("Due today"),
    THIS_WEEK("This week"),
    LATER("Later");

    private final String title;

    When(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }
  }

  String today() {
    return date(now).format(TODAY);
  }

  Instant endOfToday() {
    return days.start(days.of(now) + 1);
  }

  /** What is due when a day ends is due on that day. */
  private LocalDate dueOn(Instant at) {
    return date(at.minusMillis(1));
  }

  private LocalDate date(Instant at) {
    return LocalDate.ofEpochDay(days.of(at));
  }

  When when(Instant at) {
    if (at.isBefore(now)) {
      return When.OVERDUE;
    }
    LocalDate today = date(now);
    LocalDate on = dueOn(at);
    LocalDate sunday =
        today.plusDays(DayOfWeek.SUNDAY.getValue() - today.getDayOfWeek().getValue());
    return !on.isAfter(today) ? When.TODAY : !on.isAfter(sunday) ? When.THIS_WEEK : When.LATER;
  }

  /** Of a task that is due then, as short as it can be. */
  String due(Instant at) {
    return switch (when(at)) {
      case OVERDUE -> late(Duration.between(at, now));
      case TODAY -> at.equals(endOfToday()) ? "today" : time(at);
      case THIS_WEEK -> dueOn(at).format(WEEKDAY);
      case LATER -> Figures.day((int) dueOn(at).toEpochDay(), days.of(now));
    };
  }

  private static String late(Duration late) {
    if (late.compareTo(DAY) >= 0) {
      return Figures.count(late.toDays(), "day") + " late";
    }
    return late.toHours() > 0 ? late.toHours() + " h late" : "just now";
  }

  /** Of what has happened: today at which time, otherwise on which day. */
  String since(Instant at) {
    return days.of(at) == days.of(now) ? time(at) : Figures.day(days.of(at), days.of(now));
  }

  /** A day, e.g. of a renewal. */
  String day(int day) {
    return Figures.day(day, days.of(now));
  }

  private String time(Instant at) {
    return LocalDateTime.ofInstant(at, days.zone()).format(TIME);
  }
}
