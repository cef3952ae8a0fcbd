package keepwell.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import keepwell.portfolio.AccountQuery;
import keepwell.portfolio.AccountQuery.Sort;

/** Reads which accounts are asked for, from the parameters of a request. */
public final class AccountQueries {
  /** All parameters that it knows. */
  public static final List<String> PARAMETERS =
      Stream.concat(
              AccountQuery.LABELS.stream(),
              Stream.of(
                  "tier", "q", "below", "renewingWithin", "closed", "sort", "limit", "cursor"))
          .toList();

  private static final int TEXT_LENGTH_MAX = 200;
  private static final int CURSOR_LENGTH_MAX = 8000;
  private static final int LIMIT_MAX = 1000;
  private static final int RENEWING_WITHIN_MAX = 3650;

  private AccountQueries() {}

  /**
   * @param limit where none is given
   * @throws Problem.Raised naming the first parameter that is wrong
   */
  public static AccountQuery read(Parameters parameters, int limit) {
    Map<String, String> labels = new LinkedHashMap<>();
    for (String label : AccountQuery.LABELS) {
      parameters.text(label, TEXT_LENGTH_MAX).ifPresent(value -> labels.put(label, value));
    }
    return new AccountQuery(
        parameters.text("tier", TEXT_LENGTH_MAX),
        labels,
        parameters.text("q", TEXT_LENGTH_MAX),
        parameters.decimal("below", 0, 100),
        parameters.days("renewingWithin", RENEWING_WITHIN_MAX),
        parameters.flag("closed"),
        sorts(parameters),
        parameters.number("limit", 1, LIMIT_MAX, limit),
        parameters.text("cursor", CURSOR_LENGTH_MAX));
  }

  /** The lowest score first where nothing is said. */
  private static List<Sort> sorts(Parameters parameters) {
    List<Sort> sorts = new ArrayList<>();
    for (String text : parameters.text("sort", TEXT_LENGTH_MAX).orElse("score").split(",", -1)) {
      Sort sort =
          sort(text)
              .orElseThrow(
                  () ->
                      new Problem.Raised(
                          Problem.ofField("sort", "is not made of " + known() + ", or - and one")));
      if (sorts.stream().anyMatch(other -> other.key() == sort.key())) {
        throw new Problem.Raised(Problem.ofField("sort", "names " + sort.key().key() + " twice"));
      }
      sorts.add(sort);
    }
    return sorts;
  }

  private static Optional<Sort> sort(String text) {
    boolean descending = text.startsWith("-");
    String key = descending ? text.substring(1) : text;
    return Stream.of(AccountQuery.Key.values())
        .filter(known -> known.key().equals(key))
        .map(known -> new Sort(known, descending))
        .findFirst();
  }

  private static String known() {
    return Stream.of(AccountQuery.Key.values())
        .map(AccountQuery.Key::key)
        .collect(Collectors.joining(", "));
  }
}
