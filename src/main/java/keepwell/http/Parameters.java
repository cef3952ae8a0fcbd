package keepwell.http;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.parameterList;

import akka.http.javadsl.server.Route;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import keepwell.health.Days;
import keepwell.health.Text;

/** The query parameters of a request, each known by name and given once. */
final class Parameters {
  private final Map<String, String> values;

  private Parameters(Map<String, String> values) {
    this.values = values;
  }

  /** Lets only requests pass that have no other parameters than these. */
  static Route of(List<String> known, Function<Parameters, Route> inner) {
    return parameterList(
        given -> {
          Map<String, String> values = new HashMap<>();
          for (Entry<String, String> parameter : given) {
            String name = parameter.getKey();
            if (!known.contains(name)) {
              return complete(
                  Problem.ofField(
                          name,
                          known.isEmpty()
                              ? "is no parameter, as there are none here"
                              : "is none of the parameters " + known)
                      .response());
            }
            if (values.put(name, parameter.getValue()) != null) {
              return complete(Problem.ofField(name, "is given twice").response());
            }
          }
          return inner.apply(new Parameters(values));
        });
  }

  /** Lets only requests pass that have no parameters. */
  static Route none(Supplier<Route> inner) {
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
  int number(String name, int min, int max, int otherwise) {
    String value = values.getOrDefault(name, Integer.toString(otherwise));
    int number = value.matches("\\d{1,9}") ? Integer.parseInt(value) : -1;
    if (number < min || number > max) {
      throw new Problem.Raised(
          Problem.ofField(name, "is not a whole number from " + min + " to " + max));
    }
    return number;
  }

  /**
   * @throws Problem.Raised if it is empty, too long, or has what no name may have
   */
  Optional<String> text(String name, int lengthMax) {
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
  Optional<LocalDate> date(String name) {
    Optional<String> value = Optional.ofNullable(values.get(name));
    Optional<LocalDate> date = value.flatMap(Days::read);
    if (value.isPresent() && date.isEmpty()) {
      throw new Problem.Raised(Problem.ofField(name, "is not a date such as 2026-12-31"));
    }
    return date;
  }
}
