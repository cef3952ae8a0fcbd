package keepwell.http;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import keepwell.health.Judged;
import keepwell.portfolio.AccountQuery;

/**
 * Which outcomes are looked at, and how far back from them.
 *
 * @param horizonDays how many days before its outcome an account is scored
 * @param from the first day whose outcomes count; empty: the first of all
 * @param to the last day whose outcomes count; empty: the last of all
 * @param when the values that each label named here must have one of
 */
public record ValidationQuery(
    int horizonDays,
    Optional<LocalDate> from,
    Optional<LocalDate> to,
    Map<String, Set<String>> when) {
  public static final int HORIZON_DAYS = 30;
  static final int HORIZON_DAYS_MAX = 365;

  private static final int TEXT_LENGTH_MAX = 200;
  private static final String LABEL = "label";

  /** The parameters that it is read from. */
  public static List<String> parameters() {
    List<String> names = new ArrayList<>(List.of("horizon", "from", "to", LABEL));
    names.addAll(AccountQuery.LABELS);
    return names;
  }

  /**
   * @throws Problem.Raised naming the parameter that is wrong
   */
  public static ValidationQuery of(Parameters parameters) {
    Map<String, Set<String>> when = new HashMap<>();
    parameters.text(LABEL, 2 * TEXT_LENGTH_MAX).ifPresent(label -> put(when, label));
    for (String label : AccountQuery.LABELS) {
      parameters
          .text(label, TEXT_LENGTH_MAX)
          .ifPresent(value -> when.merge(label, Set.of(value), ValidationQuery::both));
    }
    ValidationQuery query =
        new ValidationQuery(
            parameters.days("horizon", HORIZON_DAYS_MAX).orElse(HORIZON_DAYS),
            parameters.date("from"),
            parameters.date("to"),
            when);
    if (query.isReversed()) {
      throw new Problem.Raised(Problem.ofField("to", "is before from"));
    }
    return query;
  }

  private static void put(Map<String, Set<String>> when, String label) {
    int colon = label.indexOf(':');
    if (colon < 1 || colon == label.length() - 1) {
      throw new Problem.Raised(
          Problem.ofField(LABEL, "is not a label and its value, such as plan:gold"));
    }
    when.put(label.substring(0, colon), Set.of(label.substring(colon + 1)));
  }

  /** Of two values that are asked for at once no account has both. */
  private static Set<String> both(Set<String> one, Set<String> other) {
    return one.equals(other) ? one : Set.of();
  }

  boolean isReversed() {
    return from.isPresent() && to.isPresent() && to.get().isBefore(from.get());
  }

  /**
   * @param label whose value is to be told
   */
  public Judged.Terms terms(Optional<String> label) {
    return new Judged.Terms(
        horizonDays,
        from.map(day -> (int) day.toEpochDay()).orElse(Integer.MIN_VALUE),
        to.map(day -> (int) day.toEpochDay()).orElse(Integer.MAX_VALUE),
        when,
        label);
  }
}
