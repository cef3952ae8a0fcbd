package keepwell.http;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import keepwell.account.Fingerprint;
import keepwell.health.Days;
import keepwell.health.Signal;

/** A signal being read. */
final class SignalDraft extends RecordDraft<Signal> {
  private static final List<String> FIELDS =
      List.of("account", "signal", "value", "at", "user", "item", "id");

  /** Possessive: what does not match is known at once, however long it is. */
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\d++(\\.\\d*+)?|\\.\\d++)([eE][-+]?\\d++)?");

  private static final Set<String> NOT_FINITE =
      Set.of("nan", "inf", "+inf", "-inf", "infinity", "+infinity", "-infinity");

  private final Fingerprint fingerprint;
  private String key;
  private double value = 1;
  private String user;
  private String item;
  private String id;

  private SignalDraft(Days days, Fingerprint fingerprint) {
    super(FIELDS, days);
    this.fingerprint = fingerprint;
  }

  /** How signals are read. */
  static RecordReader.Kind<Signal> kind(Days days, Fingerprint fingerprint) {
    return new RecordReader.Kind<>(
        "signal", FIELDS, Set.of("account", "signal"), () -> new SignalDraft(days, fingerprint));
  }

  @Override
  void number(String field, double number) {
    if (!field.equals("value")) {
      super.number(field, number);
    } else if (!Double.isFinite(number)) {
      fault(field, "is not a finite number");
    } else if (Math.abs(number) > Signal.VALUE_MAX) {
      fault(field, "is beyond 1e15");
    } else {
      value = number;
    }
  }

  @Override
  void unfit(String field) {
    if (field.equals("value")) {
      fault(field, "is neither a number nor a date");
    } else {
      super.unfit(field);
    }
  }

  @Override
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

  @Override
  void own(String field, String text) {
    switch (field) {
      case "signal" -> key = name(field, text, Signal.KEY_LENGTH_MAX);
      case "user" -> user = name(field, text, TEXT_LENGTH_MAX);
      case "item" -> item = name(field, text, TEXT_LENGTH_MAX);
      case "id" -> id = name(field, text, TEXT_LENGTH_MAX);
      default ->
          Days.read(text)
              .ifPresentOrElse(
                  date -> value = date.toEpochDay(),
                  () -> fault(field, "is neither a number nor a date such as 2026-12-31"));
    }
  }

  @Override
  Signal what(Instant at) {
    if (key == null) {
      fault("signal", "is missing");
      return null;
    }
    return new Signal(key.intern(), value, at, hash(user), hash(item), hash(id));
  }

  @Override
  Optional<String> id() {
    return Optional.ofNullable(id);
  }

  private long hash(String text) {
    return text == null ? 0 : fingerprint.of(text);
  }
}
