package keepwell.http;

import static akka.http.javadsl.server.Directives.failWith;
import static akka.http.javadsl.server.Directives.parameterList;

import akka.http.javadsl.server.Route;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import keepwell.health.Days;
import keepwell.health.Text;

/** The query parameters of a request, each known by name and given once. */
public final class Parameters {
  private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,9}(\\.\\d{1,9})?");
  private static final Pattern PERIOD = Pattern.compile("P(\\d{1,9})D");

  private final Map<String, String> values;

  private Parameters(Map<String, String> values) {
    this.values = values;
  }

  /** Lets only requests pass that have no other parameters than these. */
  public static Route of(List<String> known, Function<Parameters, Route> inner) {
    return parameterList(
        given -> {
          Map<String, String> values = new HashMap<>();
          for (Entry<String, String> parameter : given) {
            String name = parameter.getKey();
            if (!known.contains(name)) {
              return failed(
                  name,
                  known.isEmpty()
                      ? "is no parameter, as there are none here"
                      : "is none of the parameters " + known);
            }
            if (values.put(name, parameter.getValue()) != null) {
              return failed(name, "is given twice");
            }
          }
          return inner.apply(new Parameters(values));
        });
  }

  private static Route failed(String name, String problem) {
    return failWith(new Problem.Raised(Problem.ofField(Text.shown(name, "parameter"), problem)));
  }

  /** Lets only requests pass that have no parameters. */
  public static Route none(Supplier<Route> inner) {
    return of(List.of(), parameters -> inner.get());
  }

  /**
   * @throws Problem.Raised if it is neither true nor false
   */
  boolean flag(String name) {
    String value = values.getOrDefault(name, "false");
    if (!value.equals("true") && !value.equals("false")) {
      throw new Problem.Raised(Problem.ofField(name, "is neither true nor false"));
    }
    return value.equals("true");
  }

  /**
   * @throws Problem.Raised if it is not a whole number from {@code min} to {@code max}
   */
  public int number(String name, int min, int max, int otherwise) {
    String value = values.getOrDefault(name, Integer.toString(otherwise));
    int number = value.matches("\\d{1,9}") ? Integer.parseInt(value) : -1;
    if (number < min || number > max) {
      throw new Problem.Raised(
          Problem.ofField(name, "is not a whole number from " + min + " to " + max));
    }
    return number;
  }

  /**
   * @throws Problem.Raised if it is given and not a whole number from {@code min} to {@code max}
   */
  public OptionalInt number(String name, int min, int max) {
    return values.containsKey(name)
        ? OptionalInt.of(number(name, min, max, min))
        : OptionalInt.empty();
  }

  /**
   * @throws Problem.Raised if it is not a number from {@code min} to {@code max}
   */
  Optional<Double> decimal(String name, double min, double max) {
    Optional<String> value = Optional.ofNullable(values.get(name));
    Optional<Double> number =
        value.filter(text -> DECIMAL.matcher(text).matches()).map(Double::valueOf);
    if (value.isPresent() && number.filter(each -> min <= each && each <= max).isEmpty()) {
      throw new Problem.Raised(
          Problem.ofField(name, "is not a number from %.0f to %.0f".formatted(min, max)));
    }
    return number;
  }

  /**
   * A number of days, written {@code P30D}.
   *
   * @throws Problem.Raised if it is none from 1 to {@code max}
   */
  Optional<Integer> days(String name, int max) {
    Optional<String> value = Optional.ofNullable(values.get(name));
    Optional<Integer> days =
        value
            .map(PERIOD::matcher)
            .filter(Matcher::matches)
            .map(period -> Integer.valueOf(period.group(1)));
    if (value.isPresent() && days.filter(each -> 1 <= each && each <= max).isEmpty()) {
      throw new Problem.Raised(
          Problem.ofField(name, "is not a number of days from P1D to P" + max + "D"));
    }
    return days;
  }

  /**
   * @throws Problem.Raised if it is none of these
   */
  public Optional<String> oneOf(String name, List<String> known) {
    Optional<String> value = Optional.ofNullable(values.get(name));
    if (value.isPresent() && !known.contains(value.get())) {
      throw new Problem.Raised(Problem.ofField(name, "is none of " + String.join(", ", known)));
    }
    return value;
  }

  /**
   * An id of the feed; 0 if there is none.
   *
   * @throws Problem.Raised if it can't be one
   */
  long id(String name) {
    return id(name, values.getOrDefault(name, "0"));
  }

  /** The same of a header. */
  static long id(String name, String value) {
    if (!value.matches("\\d{1,16}")) {
      throw new Problem.Raised(Problem.ofField(name, "is no id of this feed"));
    }
    return Long.parseLong(value);
  }

  /**
   * @throws Problem.Raised if it is empty, too long, or has what no name may have
   */
  public Optional<String> text(String name, int lengthMax) {
    Optional<String> value = Optional.ofNullable(values.get(name));
    value
        .flatMap(text -> Text.fault(text, lengthMax))
        .ifPresent(
            fault -> {
              throw new Problem.Raised(Problem.ofField(name, fault));
            });
    return value;
  }

  /**
   * @throws Problem.Raised if it is not a day
   */
  public Optional<LocalDate> date(String name) {
    Optional<String> value = Optional.ofNullable(values.get(name));
    Optional<LocalDate> date = value.flatMap(Days::read);
    if (value.isPresent() && date.isEmpty()) {
      throw new Problem.Raised(Problem.ofField(name, "is not a date such as 2026-12-31"));
    }
    return date;
  }
}
