package keepwell.http;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import keepwell.health.Days;
import keepwell.health.Outcome;
import keepwell.health.OutcomeStatement;

/** What somebody says became of an account, being read. */
final class OutcomeDraft extends RecordDraft<OutcomeStatement> {
  private static final List<String> FIELDS = List.of("account", "outcome", "at");
  private static final String NAMES =
      Arrays.stream(Outcome.values()).map(Outcome::toString).collect(Collectors.joining(", "));

  private Optional<Outcome> outcome = Optional.empty();

  private OutcomeDraft(Days days) {
    super(FIELDS, days);
  }

  /** How outcomes are read. */
  static RecordReader.Kind<OutcomeStatement> kind(Days days) {
    return new RecordReader.Kind<>(
        "outcome", FIELDS, Set.of("account", "outcome"), () -> new OutcomeDraft(days));
  }

  /** Also an empty one is there: it takes back. */
  @Override
  void column(String field, String text) {
    begin(field);
    text(field, text);
  }

  @Override
  void own(String field, String text) {
    outcome = Outcome.named(text);
    if (outcome.isEmpty()) {
      fault(field, "is none of " + NAMES);
    }
  }

  @Override
  OutcomeStatement what(Instant at) {
    if (!isGiven("outcome")) {
      fault("outcome", "is missing; null takes back what was said of the day");
    }
    return new OutcomeStatement(outcome, at);
  }
}
