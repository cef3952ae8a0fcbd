package keepwell.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import keepwell.health.Days;
import keepwell.health.Text;
import keepwell.http.Entry.Rejected;
import keepwell.http.Entry.Taken;

/**
 * A record being read, field by field, whatever the format. The first thing wrong with it is kept;
 * the rest is read all the same.
 *
 * @param <T> what it is of
 */
abstract class RecordDraft<T> {
  static final int TEXT_LENGTH_MAX = 200;

  private static final Pattern INSTANT =
      Pattern.compile(
          "\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?([Zz]|[-+]\\d{2}:\\d{2})");

  private final List<String> fields;
  private final Days days;

  /** A bit for each field that is there. */
  private int given;

  private String account;
  private Instant at;
  private String faultyField;
  private String fault;

  /**
   * @param fields that it may have, {@code account} and {@code at} among them
   */
  RecordDraft(List<String> fields, Days days) {
    this.fields = fields;
    this.days = days;
  }

  final void fault(String field, String problem) {
    if (fault == null) {
      faultyField = field;
      fault = field + " " + problem;
    }
  }

  /** Notes that a field is there, and refuses one that is unknown or there twice. */
  final boolean begin(String field) {
    int index = fields.indexOf(field);
    if (index < 0) {
      fault(Text.shown(field, "field"), "is an unknown field");
      return false;
    }
    if ((given & 1 << index) != 0) {
      fault(field, "is given twice");
      return false;
    }
    given |= 1 << index;
    return true;
  }

  /** Whether a field is there, be it empty. */
  final boolean isGiven(String field) {
    return (given & 1 << fields.indexOf(field)) != 0;
  }

  /** A field that is a text, if it is not empty: that is as if it were not there. */
  final void text(String field, String text) {
    if (text.isEmpty()) {
      return;
    }
    switch (field) {
      case "account" -> account = account(text);
      case "at" -> at = instant(text);
      default -> own(field, text);
    }
  }

  /** A field that is a number. */
  void number(String field, double number) {
    unfit(field);
  }

  /** A field that is neither a text nor a number. */
  void unfit(String field) {
    fault(field, "is not a text");
  }

  /** A field whose format has texts only. */
  void column(String field, String text) {
    text(field, text);
  }

  /** A field that not every record has; its text is not empty. */
  abstract void own(String field, String text);

  /**
   * What it says, once all fields are read; null if something is wrong with it.
   *
   * @param at when that was
   */
  abstract T what(Instant at);

  /** Its own id, if it has one that could be read. */
  Optional<String> id() {
    return Optional.empty();
  }

  private String account(String text) {
    if (text.equals(".") || text.equals("..")) {
      fault("account", "is . or .., which no path of a URL can name");
      return null;
    }
    return name("account", text, TEXT_LENGTH_MAX);
  }

  final String name(String field, String text, int lengthMax) {
    Optional<String> problem = Text.fault(text, lengthMax);
    problem.ifPresent(what -> fault(field, what));
    return problem.isPresent() ? null : text;
  }

  private Instant instant(String text) {
    Optional<LocalDate> date = Days.read(text);
    if (date.isPresent()) {
      return days.start((int) date.get().toEpochDay());
    }
    if (INSTANT.matcher(text).matches()) {
      try {
        return OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME)
            .toInstant()
            .truncatedTo(ChronoUnit.MILLIS);
      } catch (DateTimeException e) {
        fault("at", "is no instant that exists");
        return null;
      }
    }
    fault("at", "is neither an instant with offset such as 2026-12-31T09:30:00Z nor a date");
    return null;
  }

  /**
   * The record as it is now.
   *
   * @param now for one that does not say when
   */
  final Entry<T> end(int index, Instant now) {
    if (account == null) {
      fault("account", "is missing");
    }
    T what = what(at == null ? now.truncatedTo(ChronoUnit.MILLIS) : at);
    return fault == null
        ? new Taken<>(index, account, what, id())
        : new Rejected<>(index, id().orElse(null), faultyField, fault);
  }
}
