package keepwell.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import keepwell.account.Fingerprint;
import keepwell.health.Days;
import keepwell.health.Signal;
import keepwell.health.Text;

/**
 * A signal being read, field by field, whatever the format. The first thing wrong with it is kept;
 * the rest is read all the same.
 */
final class SignalDraft {
  static final List<String> FIELDS =
      List.of("account", "signal", "value", "at", "user", "item", "id");

  private static final int TEXT_LENGTH_MAX = 200;

  /** Possessive: what does not match is known at once, however long it is. */
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\d++(\\.\\d*+)?|\\.\\d++)([eE][-+]?\\d++)?");

  private static final Set<String> NOT_FINITE =
      Set.of("nan", "inf", "+inf", "-inf", "infinity", "+infinity", "-infinity");
  private static final Pattern INSTANT =
      Pattern.compile(
          "\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?([Zz]|[-+]\\d{2}:\\d{2})");

  private final Days days;

  /** A bit for each field that is there. */
  private int given;

  private String account;
  private String key;
  private double value = 1;
  private Instant at;
  private String user;
  private String item;
  private String id;
  private String faultyField;
  private String fault;

  SignalDraft(Days days) {
    this.days = days;
  }

  /** A record of a request, taken or not. */
  sealed interface Entry permits Taken, Rejected, BrokenOff {}

  /**
   * A faultless signal.
   *
   * @param index of its record in the request, from 0
   * @param id its own, as it was sent
   */
  record Taken(int index, String account, Signal signal, Optional<String> id) implements Entry {}

  /**
   * A record that is not taken.
   *
   * @param index in the request, from 0
   * @param id its own, if it could be read
   * @param field that is wrong; null if it is not about one
   * @param problem in words
   */
  record Rejected(int index, String id, String field, String problem) implements Entry {}

  /** The end of a request that can be read no further. */
  record BrokenOff(Problem problem) implements Entry {}

  void fault(String field, String problem) {
    if (fault == null) {
      faultyField = field;
      fault = field == null ? problem : field + " " + problem;
    }
  }

  /** Notes that a field is there, and refuses one that is unknown or there twice. */
  boolean begin(String field) {
    int index = FIELDS.indexOf(field);
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

  void number(String field, double number) {
    if (!field.equals("value")) {
      fault(field, "is not a text");
    } else if (!Double.isFinite(number)) {
      fault(field, "is not a finite number");
    } else if (Math.abs(number) > Signal.VALUE_MAX) {
      fault(field, "is beyond 1e15");
    } else {
      value = number;
    }
  }

  /** A field whose format has texts only. */
  void column(String field, String text) {
    boolean number = field.equals("value") && NUMBER.matcher(text).matches();
    boolean notFinite = field.equals("value") && NOT_FINITE.contains(text.toLowerCase(Locale.ROOT));
    if (number) {
      number(field, Double.parseDouble(text));
    } else if (notFinite) {
      number(field, Double.NaN);
    } else {
      text(field, text);
    }
  }

  void text(String field, String text) {
    if (text.isEmpty()) {
      return; // as if it were not there
    }
    switch (field) {
      case "account" -> account = account(text);
      case "signal" -> key = name(field, text, Signal.KEY_LENGTH_MAX);
      case "user" -> user = name(field, text, TEXT_LENGTH_MAX);
      case "item" -> item = name(field, text, TEXT_LENGTH_MAX);
      case "id" -> id = name(field, text, TEXT_LENGTH_MAX);
      case "value" ->
          Days.read(text)
              .ifPresentOrElse(
                  date -> value = date.toEpochDay(),
                  () -> fault(field, "is neither a number nor a date such as 2026-12-31"));
      default -> at = instant(field, text);
    }
  }

  private String account(String text) {
    if (text.equals(".") || text.equals("..")) {
      fault("account", "is . or .., which no path of a URL can name");
      return null;
    }
    return name("account", text, TEXT_LENGTH_MAX);
  }

  private String name(String field, String text, int lengthMax) {
    Optional<String> problem = Text.fault(text, lengthMax);
    problem.ifPresent(what -> fault(field, what));
    return problem.isPresent() ? null : text;
  }

  private Instant instant(String field, String text) {
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
        fault(field, "is no instant that exists");
        return null;
      }
    }
    fault(field, "is neither an instant with offset such as 2026-12-31T09:30:00Z nor a date");
    return null;
  }

  /**
   * The record as it is now.
   *
   * @param now for a signal that does not say when
   */
  Entry end(int index, Instant now, Fingerprint fingerprint) {
    if (account == null) {
      fault("account", "is missing");
    }
    if (key == null) {
      fault("signal", "is missing");
    }
    if (fault != null) {
      return new Rejected(index, id, faultyField, fault);
    }
    Signal signal =
        new Signal(
            key.intern(),
            value,
            at == null ? now.truncatedTo(ChronoUnit.MILLIS) : at,
            hash(fingerprint, user),
            hash(fingerprint, item),
            hash(fingerprint, id));
    return new Taken(index, account, signal, Optional.ofNullable(id));
  }

  private static long hash(Fingerprint fingerprint, String text) {
    return text == null ? 0 : fingerprint.of(text);
  }
}
